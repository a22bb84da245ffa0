"""Pointers: a post is found again by file and row, and by nothing else."""

from __future__ import annotations

import pytest

from groundswell.model.run import Parameters
from groundswell.publish.pointers import Pointers
from tests.publish.editions import OTHER_FILE, edition

POSTS = ["post_4", "post_0", "post_0", "post_999999", "post_7"]


@pytest.fixture
def pointers(engine) -> Pointers:
    return Pointers(edition(engine), POSTS)


def test_a_post_is_pointed_to_by_hash_and_row(pointers):
    assert pointers.post("post_4") == "9be1aaaa:5"


def test_a_post_that_was_not_read_has_a_pseudonym(pointers):
    assert pointers.post("post_999999").startswith("post-")
    assert "999999" not in pointers.post("post_999999")


def test_rows_are_listed_in_order_and_once(pointers):
    assert pointers.listed(["post_4", "post_0", "post_0", "post_7"], most=2) == "rows 1 and 5 of posts.csv; 1 more"
    assert pointers.listed([], most=2) == ""


def test_a_file_is_called_by_its_name_or_else_its_hash(pointers):
    assert pointers.in_words(OTHER_FILE, 1_200) == "Row 1,200 of more.jsonl"
    assert pointers.in_words("c" * 64, 1) == "Row 1 of the file with SHA-256 cccccccc…"
    assert pointers.in_words(None, None) == "Not among the posts that were read."


def test_ids_are_given_where_a_person_decided_so(engine):
    shown = Pointers(edition(engine, parameters=Parameters(show_handles=True)), POSTS)

    assert shown.post("post_4") == "post_4"
    assert shown.listed(["post_4", "post_0"], most=5) == "post_4; post_0"
