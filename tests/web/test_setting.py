"""The page of another window or minimum."""

from __future__ import annotations

import re

import pytest

from groundswell.assess.wording import check
from tests.web.conftest import client_of


def test_the_page_begins_with_the_run_s_own_setting(client):
    page = client.get("/setting")

    assert page.status_code == 200
    assert "on 2 objects or more within 60 s." in page.text
    assert "The run’s groups in this setting" in page.text


def test_another_setting_is_answered_beside_the_run_s(client):
    page = client.get("/setting", params={"window": "10s", "min_objects": "3"}).text

    assert "on 3 objects or more within 10 s." in page
    assert "on 2 objects or more within 60 s, its window nearest to this one." in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"window": "soon"}, "soon"),
        ({"window": "1000h", "min_objects": "<b>"}, "is no whole number"),
        ({"min_objects": "0"}, "must be 1 or more"),
        ({"min_objects": "-3"}, "must be 1 or more"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(client, asked, said):
    page = client.get("/setting", params=asked)

    assert page.status_code == 400
    assert said in page.text


def test_an_empty_study_says_what_to_do(empty):
    with client_of(empty) as client:
        page = client.get("/setting")

    assert page.status_code == 400
    assert "groundswell trace" in page.text


def test_the_sentences_are_permitted(client):
    said = re.findall(r"<(p|h1)\b[^>]*>(.*?)</\1>", client.get("/setting").text)

    assert len(said) >= 4
    for _, sentence in said:
        check(sentence)
