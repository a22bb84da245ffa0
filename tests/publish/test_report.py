"""report_html: one file that opens anywhere, fetches nothing, runs nothing, and says no more than it may."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from groundswell.assess.wording import forbidden_in
from groundswell.engine.duck import Duck
from groundswell.model.finding import Note, Verdict
from groundswell.model.run import Parameters
from groundswell.publish.made_section import command
from groundswell.publish.report import report_html
from tests.publish.editions import edition, rewrite
from tests.publish.pages import Page

HOSTILE = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)> ' &quot;",
    "</style><style>*{background:url(http://evil.example/x)}",
    "{{ 7 * 7 }} {% raw %}",
    "\u202eabc\u2066def\u200f",
    "nul \x00 bell \x07 escape \x1b[31m",
    "]]> --> <!--",
)


@pytest.fixture
def report(published: Path) -> str:
    return (published / "report.html").read_text(encoding="utf-8")


def test_every_element_closes(report):
    assert Page(report).unbalanced == []


def test_a_page_without_a_group_is_whole_too(engine):
    page = Page(report_html(edition(engine, n_members=0)))

    assert page.unbalanced == []
    assert "No group stands apart" in page.text
    assert "0 of 429 posts are by members of reported groups" in page.text


def test_an_edition_without_posts_is_a_page(engine):
    page = Page(report_html(edition(engine, n_crowd=0, n_members=0)))

    assert page.unbalanced == []
    assert "hold nothing that could be compared" in page.text


def test_nothing_is_fetched_and_nothing_runs(report):
    page = Page(report)
    addresses = [value for _, attributes in page.tags for key, value in attributes.items() if key in ("src", "href")]
    handlers = [key for _, attributes in page.tags for key in attributes if key.startswith("on") or key == "style"]

    assert [address for address in addresses if not (address or "").startswith("#")] == ["ledger.html"]
    assert handlers == []
    assert not {"script", "link", "iframe", "object", "img", "form"} & {tag for tag, _ in page.tags}
    assert not re.search(r"url\(\s*['\"]?\s*(?:https?:|//)", report)


def test_the_policy_allows_the_style_by_its_hash_and_nothing_else(report):
    policy = next(meta["content"] for meta in Page(report).all("meta") if "http-equiv" in meta)

    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_a_live_study_of_many_files_draws_the_first_forty_and_counts_the_rest(engine):
    made = edition(engine)
    whole = made.ledgers[0]
    files = tuple(replace(whole, path=f"{n:05d}.jsonl", sha256=f"{n:064x}") for n in range(1, 3_001))
    html = report_html(replace(made, ledgers=files))
    page = Page(html)

    assert page.unbalanced == []
    assert html.count("Rows in the file") == html.count("SHA-256 <span") == 40
    assert "Drawn are the 40 of 3,000 files with the most rows left out" in page.text
    assert "2,960 more files are named with their SHA-256" in page.text
    assert [f"{whole.rows * n:,}" in page.text for n in (40, 2_960, 3_000)] == [True] * 3


def test_a_few_files_are_all_drawn_without_a_sum(report):
    assert "Rows of all files" not in report


def test_it_stays_small(report):
    assert len(report.encode()) < 200_000


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(engine, text):
    made = edition(engine)
    rewrite(engine, text)
    page = Page(report_html(made))

    assert page.unbalanced == []
    assert "script" not in {tag for tag, _ in page.tags}
    assert "img" not in {tag for tag, _ in page.tags}
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", page.text)


def test_the_policy_holds_for_hostile_names_of_files_and_runs(engine):
    made = edition(engine, title="<script>", run_id="<script>", parameters=Parameters(campaign="<script>"))
    page = Page(report_html(made))

    assert page.unbalanced == []
    assert "script" not in {tag for tag, _ in page.tags}
    assert "<script>" in page.text


def test_a_post_of_a_million_characters_is_cut_and_says_so(engine):
    made = edition(engine)
    rewrite(engine, "x" * 1_000_000)
    html = report_html(made)

    assert len(html) < 200_000
    assert "(999,600 more characters)" in html


def test_post_text_keeps_its_own_direction(report):
    assert all(quote.get("dir") == "auto" for quote in Page(report).all("blockquote"))


def test_no_account_is_named(report):
    assert "user_" not in report
    assert "reader_" not in report


def test_names_stand_there_when_a_person_decided_so_and_the_page_says_it(engine):
    page = Page(report_html(edition(engine, parameters=Parameters(show_handles=True))))

    assert "user_3" in page.text
    assert "--show-handles" in page.text
    assert "a person decided" in page.text


def test_the_five_verdicts_all_stand_there_and_one_is_marked(report):
    page = Page(report)

    assert all(verdict.value[1:] in page.text for verdict in Verdict)
    assert [item for item in page.all("li") if item.get("aria-current")] == [{"aria-current": "true"}]


def test_it_says_that_data_are_made_up(engine, report):
    assert "Made-up data" in report
    assert "Made-up data" not in report_html(edition(engine, made_up=False))


def test_every_figure_asks_a_question_and_can_be_read_as_a_table(report):
    figures = re.findall(r'<figure class="fig.*?</figure>', report, flags=re.DOTALL)

    assert len(figures) > 6
    for figure in figures:
        assert "<details>" in figure
        assert "<figcaption>" in figure
        assert re.search(r"<h[234]", figure)
    labels = [svg.get("aria-label") for svg in Page(report).all("svg") if svg.get("role") == "img"]
    assert all(label and label.endswith(".") for label in labels)


def test_our_own_words_contain_none_that_are_forbidden(report):
    text = Page(report).text
    template_words = re.sub(r"“[^”]*”", " ", text)

    assert forbidden_in(template_words) == ()


def test_three_meetings_are_shown_and_the_least_surprising_is_one(report):
    assert re.findall(r"<h4>(The \w+(?: surprising)?):", report) == [
        "The most surprising",
        "The median",
        "The least surprising",
    ]


def test_supported_and_not_supported_stand_side_by_side(report):
    one, other = report.index("The data support this"), report.index("The data do not support this")

    assert '<section class="plain">' in report[one - 60 : one]
    assert '<section class="plain">' in report[other - 60 : other]


def test_a_blind_spot_is_said_once(engine):
    made = edition(engine)
    blind = "Accounts that reword each other’s texts were missed."
    said = replace(
        made.assessment,
        not_supported=(*made.assessment.not_supported, blind),
        notes=(Note(kind="blind spot", sentence=blind),),
    )

    assert report_html(replace(made, assessment=said)).count(blind) == 1


def test_the_command_repeats_every_choice(engine):
    made = edition(engine, parameters=Parameters(campaign="it's", seed=4, min_objects=3, show_handles=True))

    assert " ".join(command(made)) == (
        "groundswell run posts.csv more.jsonl -o out/ --min-objects 3 --fdr 0.05 --seed 4"
        " --campaign 'it'\\''s' --show-handles"
    )


def test_equal_editions_give_equal_bytes(engine):
    with Duck() as other:
        assert report_html(edition(engine)) == report_html(edition(other))


def test_a_group_too_many_to_draw_keeps_its_claim_members_and_a_meeting(engine):
    made = edition(engine)
    many = tuple(replace(made.reported[0], group_id=f"g-{number}") for number in range(12))
    html = report_html(replace(made, groups=many))

    assert html.count('<article class="group"') == 12
    assert html.count("Who are the members?") == 12
    assert html.count("The most surprising:") == 12
    assert html.count("Where are they, and who met whom?") == 8
    assert len(html.encode()) < 2_000_000
