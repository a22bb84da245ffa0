"""citations: one sign at a time, at its edges."""

from __future__ import annotations

import pytest

from groundswell.claims.citation import Basis
from tests.claims.corpus import edges, traced

QUAY = """
=== quay
url: https://quay.example/1
publisher: Daily Quay
published: 2026-05-08T07:00:00Z

Some 640 accounts pushed #Gate for days, it is said along the whole of the harbour front this week.
"""


def bases(found):
    return [one.basis for one in found.traced.citations]


def taker(body, *, time="2026-05-09T07:00:00Z", head=""):
    return (
        QUAY + f"\n=== post\nurl: https://post.example/1\npublisher: Weekly Post\npublished: {time}\n{head}\n{body}\n"
    )


def test_a_link_to_a_document_about_the_campaign_is_a_citation():
    found = traced(taker("Bots drove #Gate, [we read](https://www.quay.example/1/?utm_source=x)."))

    assert edges(found) == {("post", "quay")}
    assert bases(found) == [Basis.LINK]


def test_a_link_to_a_home_page_means_what_that_house_said_of_the_campaign():
    assert edges(traced(taker("Bots drove #Gate, [says the paper](https://quay.example/)."))) == {("post", "quay")}


def test_a_link_of_the_hashtag_to_its_own_page_is_no_source():
    found = traced(taker("Bots drove [#Gate](https://platform.example/x), yes. See #Gate."))

    assert all(not cited.startswith("outside") for _, cited in edges(found))


def test_a_link_out_of_the_collection_counts_only_in_a_sentence_about_the_campaign():
    found = traced(
        taker("Bots drove #Gate, [says a study](https://lab.example/s). Tea is [cheap](https://tea.example/t).")
    )

    assert edges(found) == {("post", "outside:lab.example/s")}


@pytest.mark.parametrize(
    ("sentence", "is_source"),
    [
        ("Bots drove #Gate, the Daily Quay reported.", True),
        ("Bots drove #Gate, according to the Daily Quay’s reporters.", True),
        ("Bots drove #Gate past the daily quay.", False),
        ("Bots drove #Gate. The Daily Quay is a building.", False),
        ("Bots drove #Gate, wrote @Daily Quayle.", False),
    ],
)
def test_a_name_with_capitals_in_a_sentence_about_the_campaign_is_a_source(sentence, is_source):
    assert (("post", "quay") in edges(traced(taker(sentence)))) is is_source


def test_a_source_that_the_collection_lacks_is_a_node_of_its_own():
    found = traced(taker("Foreign accounts spread #Gate, according to the Tide Institute."))

    assert edges(found) == {("post", "outside:tide institute")}


def test_a_name_never_means_what_was_published_later():
    found = traced(taker("Bots drove #Gate, the Daily Quay reported.", time="2026-05-01T07:00:00Z"))

    assert edges(found) == {("post", "outside:daily quay")}


def test_a_copied_passage_is_a_citation_of_the_first_who_had_it():
    copied = "Some 640 accounts pushed #Gate for days, it is said along the whole of the harbour front this week."
    found = traced(taker(copied))

    assert edges(found) == {("post", "quay")}
    assert bases(found) == [Basis.COPIED]


def test_a_citation_inside_a_copied_passage_belongs_to_the_original():
    story = (
        "Some accounts pushed #Gate for days, the Tide Institute said in a note that was sent round on Friday evening."
    )
    found = traced(
        f"""
=== wire
url: https://wire.example/1
publisher: Wire
published: 2026-05-08T07:00:00Z

{story}
=== copy
url: https://copy.example/1
publisher: Copy
published: 2026-05-08T08:00:00Z

{story}
"""
    )

    assert edges(found) == {("copy", "wire"), ("wire", "outside:tide institute")}


@pytest.mark.parametrize(("time", "guessed"), [("2026-05-11T07:00:00Z", True), ("2026-05-11T07:00:01Z", False)])
def test_the_same_number_is_a_guess_for_72_hours_and_no_second_more(time, guessed):
    found = traced(taker("There are 640 profiles that use #Gate.", time=time))

    assert (edges(found) == {("post", "quay")}) is guessed
    assert all(one.confidence < 0.5 for one in found.traced.citations)


def test_no_number_is_guessed_from_where_a_source_is_known():
    found = traced(taker("The Tide Institute said that 640 profiles use #Gate."))

    assert edges(found) == {("post", "outside:tide institute")}


def test_a_page_that_names_its_original_rests_on_it():
    found = traced(taker("Bots drove #Gate.", head="canonical: https://quay.example/1\n"))

    assert bases(found) == [Basis.CREDIT]


def test_every_sign_is_a_place_in_the_text_that_shows_it():
    found = traced(taker("Bots drove #Gate, the Daily Quay reported, [here](https://quay.example/1)."))
    (one,) = found.traced.citations

    assert [found.quote(one.citing, span.start, span.end) for span in one.spans] == ["here", "Daily Quay"]
