"""demo_index_html: three sets side by side, linked to their reports, with nothing fetched."""

from __future__ import annotations

import pytest

from groundswell.assess.wording import forbidden_in
from groundswell.engine.duck import Duck
from groundswell.publish.demo_index import demo_index_html
from tests.publish.editions import edition
from tests.publish.pages import Page


@pytest.fixture(scope="module")
def page() -> Page:
    with Duck() as one, Duck() as two, Duck() as three:
        sets = [
            ("campaign", edition(one, title="A planted campaign")),
            ("fan dom", edition(two, n_members=0, n_crowd=400, title="An innocent fandom")),
            ("wire", edition(three, n_crowd=60, title="A <b>news</b> wire")),
        ]
        return Page(demo_index_html(sets))


def test_each_set_links_to_its_report(page):
    links = [link["href"] for link in page.all("a") if link["href"] != "#main"]

    assert links == ["campaign/report.html", "fan%20dom/report.html", "wire/report.html"]


def test_it_is_whole_and_runs_nothing(page):
    assert page.unbalanced == []
    assert not {"script", "img", "form"} & {tag for tag, _ in page.tags}
    assert "A <b>news</b> wire" in page.text


def test_it_says_which_lesson_the_sets_teach(page):
    assert "The busiest set below is the innocent one." in page.text
    assert "Made-up data" in page.text


def test_it_names_nobody_and_uses_no_forbidden_word(page):
    assert "user_" not in page.text
    assert forbidden_in(page.text) == ()


def test_the_lesson_is_not_claimed_where_it_does_not_hold(engine):
    assert "innocent one" not in demo_index_html([("one", edition(engine))])
