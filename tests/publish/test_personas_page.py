"""The page about names and pictures: pairs side by side, permitted words, no name that nobody decided to show."""

from __future__ import annotations

import re

import pytest

from groundswell.assess.wording import forbidden_in
from groundswell.model.post import Account
from groundswell.personas.lookalikes import lookalikes
from groundswell.personas.told import as_json
from groundswell.publish.personas_findings import PersonasFindings
from groundswell.publish.personas_page import PersonasPage, personas_html


def account(account_id, name, **more):
    return Account(platform="made-up", account_id=account_id, name=name, handle=None, **more)


def findings(**more):
    told = as_json(lookalikes([account("17", "BeII Lantern")], [account("own", "Bell Lantern")]))
    return PersonasFindings(names=told["pairs"], n_candidates=40, n_protected=1, **more)


def around(*, shown, **more):
    return PersonasPage(
        title="gate", version="1", made_up=False, shown=shown, account=lambda one: f"acct-{len(one)}", **more
    )


def words_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL))


def test_a_pair_stands_side_by_side_with_the_characters_that_differ():
    html = personas_html(findings(), around(shown=True))
    said = words_of(html)

    assert "BeII Lantern" in said
    assert said.count("U+0049") >= 2
    assert "Waits for a person to decide" in said
    assert "A person has looked and agrees Not yet" in said


def test_without_a_persons_decision_no_name_can_be_put_together():
    html = personas_html(findings(), around(shown=False))

    assert "Lantern" not in html
    assert "acct-2" in html
    assert "U+0049" in html


@pytest.mark.parametrize("shown", [True, False])
def test_the_page_says_only_what_it_may(shown):
    html = personas_html(findings(), around(shown=shown))

    assert forbidden_in(words_of(html)) == ()


def test_unknown_is_neither_yes_nor_no():
    html = personas_html(findings(), around(shown=True))

    assert re.search(r'<li class="open"><span>Same picture</span><span class="note">Not known', html)


def test_the_parts_stand_in_the_order_of_the_rule_however_json_sorts_them():
    told = findings()
    shuffled = [
        {**one, "impersonation": {**one["impersonation"], "parts": dict(sorted(one["impersonation"]["parts"].items()))}}
        for one in told.names
    ]
    again = PersonasFindings(names=shuffled, n_candidates=40, n_protected=1)

    assert personas_html(again, around(shown=True)) == personas_html(told, around(shown=True))


def test_a_name_can_not_break_out_of_the_page():
    evil = "<script>alert(1)</script>"
    told = as_json(lookalikes([account("17", f"BeII {evil}")], [account("own", f"Bell {evil}")]))
    html = personas_html(PersonasFindings(names=told["pairs"], n_candidates=1, n_protected=1), around(shown=True))

    assert told["pairs"]
    assert "<script" not in html
    assert "default-src 'none'" in html
    assert "img-src" not in html


def test_equal_findings_give_equal_bytes():
    assert personas_html(findings(), around(shown=True)) == personas_html(findings(), around(shown=True))
