"""passages: the hashed search finds just what comparing every two documents word by word finds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from groundswell.claims.document import Document, Kind
from groundswell.claims.passages import SHINGLE, passages

TWELVE = "one two three four five six seven eight nine ten eleven twelve"


def document(n, text, house=None, kind=Kind.ARTICLE, hours=None):
    time = datetime(2026, 5, 1, tzinfo=UTC) + timedelta(hours=n if hours is None else hours)
    return Document(document_id=str(n), kind=kind, text="\n" + text, publisher=house or f"h{n}", published=time)


def test_twelve_words_are_a_passage_and_eleven_are_not():
    a, b = document(0, TWELVE), document(1, f"So: {TWELVE}!")
    (found,) = passages([a, b])

    assert b.text[found.start : found.end] == TWELVE
    assert (found.document, found.holder, found.n_words) == (1, 0, 12)
    assert passages([a, document(1, TWELVE.removesuffix(" twelve"))]) == []


def test_one_house_and_threads_of_replies_neither_give_nor_take():
    a = document(0, TWELVE, "Quay")

    assert passages([a, document(1, TWELVE, "Quay")]) == []
    assert passages([a, document(1, TWELVE, kind=Kind.COMMENTS)]) == []


def test_of_many_copies_each_has_it_from_the_first():
    found = passages([document(n, TWELVE) for n in range(30)])

    assert [(one.document, one.holder) for one in found] == [(n, 0) for n in range(1, 30)]


texts = st.lists(
    st.tuples(st.lists(st.sampled_from("ab"), min_size=0, max_size=34).map(" ".join), st.sampled_from(["x", "y", "z"])),
    max_size=5,
)


@given(texts)
def test_agrees_with_comparing_every_run_of_words_of_every_two(written):
    documents = [document(n, text, house) for n, (text, house) in enumerate(written)]
    words = [text.split() for text, _ in written]
    expected = set()
    for i, (_, house) in enumerate(written):
        for at in range(len(words[i]) - SHINGLE + 1):
            run = words[i][at : at + SHINGLE]
            earlier = [
                j
                for j in range(i)
                if written[j][1] != house
                and any(words[j][k : k + SHINGLE] == run for k in range(len(words[j]) - SHINGLE + 1))
            ]
            if earlier:
                expected |= {(i, min(earlier), word) for word in range(at, at + SHINGLE)}
    covered = set()
    for one in passages(documents):
        text = documents[one.document].text
        first = len(text[: one.start].split())
        covered |= {(one.document, one.holder, first + k) for k in range(one.n_words)}

    assert expected <= covered
    assert {(i, j) for i, j, _ in expected} == {(i, j) for i, j, _ in covered}
