"""A share button writes equal words with a link behind them, and never equal minutes."""

from __future__ import annotations

import pytest

from groundswell.assess.alternatives.share_button import weigh
from groundswell.model.finding import Weight
from tests.assess.alternatives.cases import case_of
from tests.assess.runs import PEOPLE, group, in_step, layer, posted

COPIED = group(PEOPLE, layer(kind="text"))
WORDS = "Open the gate, they had the key"


def copies(**told):
    return [
        posted(one, 20 * n + place / 360, text=f"{WORDS} {n}", **told)
        for n in range(6)
        for place, one in enumerate(PEOPLE)
    ]


def test_a_group_that_rests_on_links_is_not_explained_by_a_button(engine):
    assert weigh(case_of(engine, in_step()))[0] is Weight.AGAINST


@pytest.mark.parametrize(
    ("told", "weight", "said"),
    [
        ({"urls": []}, Weight.AGAINST, "A link stands in 0 of 30 copied posts"),
        ({"urls": ["https://site.example/a"]}, Weight.CANNOT_TELL, "A link stands in 30 of 30 copied posts"),
        ({}, Weight.CANNOT_TELL, "The files do not say which posts carry a link"),
    ],
)
def test_copied_words_may_be_a_buttons_only_with_a_link(engine, told, weight, said):
    found, reason = weigh(case_of(engine, copies(**told), of=COPIED))

    assert found is weight
    assert reason.startswith(said)
