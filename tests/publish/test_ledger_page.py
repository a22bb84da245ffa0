"""ledger_html: every row is somewhere, the foot sums, and what could not be read names nobody."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.assess.wording import forbidden_in
from groundswell.engine.duck import Duck
from groundswell.model.ledger import FileLedger, LeftOut
from groundswell.model.run import Parameters
from groundswell.publish.figures.ledger_lens import ledger_lens
from groundswell.publish.file_account import file_account, sentence
from groundswell.publish.ledger_page import MOST_DRAWN, ledger_html
from groundswell.publish.redaction import Redaction
from groundswell.publish.row_shape import LONGEST, shape, shown_example
from tests.publish.editions import edition
from tests.publish.pages import Page
from tests.publish.test_report import HOSTILE


def ledger(posts=12_431, others=None, left_out=(("no time", 318),), examples=(), path="gate.csv"):
    return FileLedger(
        path=path,
        sha256="9be1" * 16,
        n_bytes=4_100,
        format="table",
        title="a table of posts",
        rows=posts + sum((others or {}).values()) + sum(n for _, n in left_out),
        posts=posts,
        other_records=others or {},
        left_out=tuple(
            LeftOut(reason=reason, rows=n, first_rows=tuple(range(8, 8 + min(n, 5))), examples=tuple(examples))
            for reason, n in left_out
        ),
        n_accounts=3,
    )


@pytest.fixture
def html(published: Path) -> str:
    return (published / "ledger.html").read_text(encoding="utf-8")


def names(*, shown=False):
    return Redaction([("user_7", "ana_writes", None)], b"key", shown=shown)


def test_the_page_is_whole_fetches_nothing_and_links_to_its_report(html):
    page = Page(html)
    addresses = {value for _, attributes in page.tags for key, value in attributes.items() if key in ("src", "href")}

    assert page.unbalanced == []
    assert {address for address in addresses if not (address or "").startswith("#")} == {"report.html"}
    assert not {"script", "link", "iframe", "object", "img", "form"} & {tag for tag, _ in page.tags}


def test_the_first_line_says_how_many_rows_of_how_many_are_posts(engine):
    html = ledger_html(replace(edition(engine), ledgers=(ledger(others={"profile": 9}), ledger(path="b.csv"))))
    text = re.sub(r"<[^>]+>", "", html)

    assert "24,862 of 25,507 rows in 2 files are posts." in text
    assert "9 rows are other records, such as profiles and deletions; 636 (2.5\xa0%) were left out" in text


def test_the_foot_of_each_table_is_the_sum_of_its_lines(engine):
    for one in edition(engine).ledgers:
        told = file_account(one, lambda reason, seen: seen)
        rows = [int(rows.replace(",", "")) for _, _, rows, _, _ in told["rows"]]

        assert sum(rows) == one.rows
        assert told["foot"][1] == f"{one.rows:,}"
        assert (
            told["foot"][3]
            == f"{one.rows:,} = {one.posts:,} + {one.rows - one.posts - one.n_left_out} + {one.n_left_out}"
        )


def test_what_was_left_out_is_said_with_its_share():
    two = ledger(left_out=(("no time", 200), ("no account id", 118)))

    assert sentence(ledger()) == "318 of 12,749 rows (2.5\xa0%) left out: no time."
    assert sentence(two) == "318 of 12,749 rows (2.5\xa0%) left out, for 2 reasons."
    assert sentence(ledger(left_out=())) == "None of 12,431 rows left out."
    assert sentence(ledger(posts=0, left_out=())) == "The file holds no row."


def test_the_first_rows_stand_there_with_their_numbers(html):
    assert "4, 7, 91 …" in html
    assert "5, 6, 8" in html
    assert "5, 6, 8 …" not in html


def test_examples_stand_in_the_order_of_the_file_and_nothing_is_said_to_be_nothing():
    told = file_account(ledger(left_out=(("b", 2), ("a", 1)), examples=("", "x1")), lambda reason, seen: seen)

    assert told["examples"] == [("8", "a", ""), ("8", "b", ""), ("9", "b", "x1")]


@pytest.mark.parametrize(
    ("reason", "seen", "shown"),
    [
        ("a line that is not JSON", '{"did": "did:plc:eve", "time_us": 17', '{"xxx": "xxx:xxx:xxx", "xxxx_xx": 00'),
        ("a time that can't be read", "31/02/2026 25:61", "31/02/2026 25:61"),
        ("a time that can't be read", "eve_1", "xxx_0"),
        ("a time after 2100", "1748610000000000000", "0000000000000000000"),
        ("account id rounded by a spreadsheet", "1.74861E+17", "1.74861E+17"),
        ("account id rounded by a spreadsheet", "174861000000000000", "000000000000000000"),
        (
            "read before: the same post id",
            "at://did:plc:ana/app.bsky.feed.post/k1",
            "xx://xxx:xxx:xxx/xxx.xxxx.xxxx.xxxx/x0",
        ),
        ("no time", "user_7", "xxxx_0"),
    ],
)
def test_an_example_shows_its_shape_and_names_nobody(reason, seen, shown):
    assert shown_example(names(), reason, seen) == shown
    assert shown_example(names(shown=True), reason, seen) == seen


@given(st.text(max_size=300))
def test_no_letter_of_a_row_comes_through_its_shape(text):
    assert not {c for c in shape(text) if c.isalnum()} - {"x", "0"}
    assert len(shown_example(names(), "a line that is not JSON", text)) <= LONGEST * 8


@given(st.from_regex(r"[a-zA-Z_@][\w@.]{0,30}", fullmatch=True))
def test_a_word_in_a_column_of_times_is_no_time(word):
    assert shown_example(names(), "a time that can't be read", word) == shape(word)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("shown", [True, False])
def test_hostile_rows_and_file_names_are_only_text(engine, text, shown):
    made = edition(engine, parameters=Parameters(show_handles=shown))
    files = (ledger(examples=(text,), path=text.replace("\0", "")), ledger(path="b.csv"))
    page = Page(ledger_html(replace(made, ledgers=files)))

    assert page.unbalanced == []
    assert not {"script", "img"} & {tag for tag, _ in page.tags}


def test_where_handles_are_shown_the_page_says_that_a_person_decided(engine):
    made = edition(engine, parameters=Parameters(show_handles=True))
    page = Page(ledger_html(made))

    assert "secret" in page.text
    assert "a person decided so" in page.text


def test_a_live_study_of_many_files_stays_a_page(engine):
    files = tuple(ledger(path=f"{n:05d}.jsonl", left_out=(("no time", n),)) for n in range(1, 3_001))
    html = ledger_html(replace(edition(engine), ledgers=files))

    assert html.count("<article") == MOST_DRAWN
    assert "2,000 more files are in ledger.json; the last line counts them too." in html
    assert "02999.jsonl" in html
    assert len(html) < 1_000_000


def test_a_study_without_a_file_is_a_page(engine):
    page = Page(ledger_html(replace(edition(engine), ledgers=())))

    assert page.unbalanced == []
    assert "No file was read." in page.text


def test_few_rows_left_out_are_drawn_again_larger():
    drawn = ledger_lens(ledger(others={"profile": 10}))

    assert drawn is not None
    assert drawn[1] == "Top: all 12,759 rows at true scale. Below: the other 328, 39 times larger."
    assert ledger_lens(ledger(posts=100)) is None
    assert ledger_lens(ledger(left_out=())) is None


def test_our_own_words_contain_none_that_are_forbidden(html):
    assert forbidden_in(Page(html).text) == ()


def test_equal_editions_give_equal_bytes(engine):
    with Duck() as other:
        assert ledger_html(edition(engine)) == ledger_html(edition(other))
