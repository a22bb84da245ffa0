"""inspection_html: what a file is on one page, as it stands, inert, and marked as not for publication."""

from __future__ import annotations

import json

import pytest

from groundswell.assess.wording import forbidden_in
from groundswell.publish.inspection_page import inspection_html
from groundswell.read.inspect import inspect_file
from tests.publish.pages import Page
from tests.publish.test_report import HOSTILE

TABLE = """account_id,time,post_id,text
ana,2024-05-01T10:00:00Z,1,one #gate
ben,,2,two
1.74861E+17,2024-05-01T10:00:02Z,3,three
cat,2024-05-01T10:00:03Z,4,
"""


def page_of(path):
    return inspection_html(inspect_file(path), version="0.1.0")


def test_it_says_what_the_file_is_where_its_rows_go_and_what_is_damaged(tmp_path):
    (tmp_path / "a.csv").write_text(TABLE)
    page = Page(page_of(tmp_path / "a.csv"))
    words = " ".join(page.text.split())

    assert page.unbalanced == []
    assert "This looks like a table of posts with an account and a time." in words
    assert "2 of 4 rows (50\xa0%) left out, for 2 reasons." in page.text
    assert "4 = 2 + 0 + 2" in words
    for part in ("ID doctor", "Text doctor", "Time doctor", "damaged", "1.74861E+17", "All 2 posts, as read"):
        assert part in words


def test_it_is_marked_as_not_for_publication_and_fetches_nothing(tmp_path):
    (tmp_path / "a.csv").write_text(TABLE)
    page = Page(page_of(tmp_path / "a.csv"))
    addresses = {value for _, attributes in page.tags for key, value in attributes.items() if key in ("src", "href")}

    assert "not for publication" in page.text
    assert all((address or "").startswith("#") for address in addresses)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_posts_and_columns_are_only_text(tmp_path, text):
    lines = [
        {"account_id": text, "time": "2024-05-01T10:00:00Z", "text": text, text or "x": 1},
        {"account_id": "ana", "time": text, "text": "x"},
    ]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(one) + "\n" for one in lines))
    page = Page(page_of(tmp_path / "a.jsonl"))

    assert page.unbalanced == []
    assert not {"script", "img"} & {tag for tag, _ in page.tags}


def test_a_file_without_a_post_is_a_page(tmp_path):
    (tmp_path / "a.csv").write_text("account_id,time\nana,\n")
    page = Page(page_of(tmp_path / "a.csv"))

    assert page.unbalanced == []
    assert "No row of it is a post." in page.text


def test_our_own_words_contain_none_that_are_forbidden_and_equal_files_give_equal_pages(tmp_path):
    (tmp_path / "a.csv").write_text(TABLE)

    assert forbidden_in(Page(page_of(tmp_path / "a.csv")).text) == ()
    assert page_of(tmp_path / "a.csv") == page_of(tmp_path / "a.csv")
