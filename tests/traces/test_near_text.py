"""near_text: reworded copies meet, equal ones are left to `text`."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from groundswell.traces.long_table import trace, uncompared
from groundswell.traces.normal_text import _HANDLE, _INVISIBLE, _LINK, normal_text
from groundswell.traces.similar_text import minhash
from tests.posts import write_posts

LONG = "the harbour gate should stay open all night long, they said"


def found(engine, *texts):
    posts = ({"account_id": name, **post} for name, post in zip(("ana", "ben", "cat", "dan"), texts, strict=False))
    trace(write_posts(engine, *posts), ("near_text",))
    return engine.rows("select object_id, account_id from traces order by all")


def test_a_reworded_copy_meets_the_original(engine):
    rows = found(
        engine, {"text": LONG}, {"text": LONG.replace("they said", "he says")}, {"text": "something else that is long"}
    )

    assert [account for _, account in rows] == ["ana", "ben"]
    assert len({thing for thing, _ in rows}) == 1


def test_equal_copies_alone_are_no_object_here(engine):
    assert found(engine, {"text": LONG}, {"text": LONG.upper()}) == []


def test_a_repost_is_no_copy(engine):
    assert found(engine, {"text": LONG}, {"text": LONG + " indeed", "is_repost": True}) == []


def test_what_was_not_compared_is_told_with_its_number(engine, monkeypatch):
    texts = [{"text": f"{LONG}, {ending}"} for ending in ("one", "two", "six", "ten")]
    found(engine, *texts)

    assert uncompared(engine, ("near_text",)) == []

    monkeypatch.setattr(minhash, "MOST_LINKED", 1)
    found(engine, *texts)
    (left_out,) = uncompared(engine, ("near_text",))

    assert left_out.kind == "near_text"
    assert 0 < left_out.n_links < left_out.of


def slowly(text):
    """The form by every pattern in turn, needed or not."""
    folded = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text).casefold())
    return re.sub(r"\s+", " ", _HANDLE.sub(" ", _LINK.sub(" ", folded))).strip()


@given(
    st.lists(
        st.sampled_from(["ana", "HTTPS://a.example/b", "www.", "@ben", " ", "\u200b", "ﬀ", "ſ", "\x1f", "ß"]),
        max_size=8,
    )
)
def test_the_quick_form_is_the_slow_form(pieces):
    assert normal_text("".join(pieces)) == slowly("".join(pieces))
