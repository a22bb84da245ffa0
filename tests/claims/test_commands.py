"""`groundswell claims` and `groundswell worksheet` as they are typed, and the pages they write."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest

from tests.claims.corpus import FOLDER, blocks

HOSTILE = """=== hostile
url: https://x.example/"><script>alert(1)</script>
publisher: <img src=x onerror=alert(1)>
published: 2026-05-20T00:00:00Z
title: "><svg onload=alert(1)>\u202etxt

<script>alert(1)</script> bots drove #OpenGate, [the Daily Quay](javascript:alert(1)) reported.
"""


def dangers(page):
    """What could run or fetch in a page: scripts, handlers, pictures, addresses that are no address."""
    found = []

    class Looking(HTMLParser):
        def handle_starttag(self, tag, attrs):
            if tag in ("script", "img", "iframe", "object", "embed"):
                found.append(tag)
            found.extend(name for name, value in attrs if name.startswith("on") or "javascript:" in (value or ""))

    Looking().feed(page)
    return found


@pytest.fixture
def press(tmp_path):
    """The coded corpus as files, with a hostile one among them."""
    place = tmp_path / "press"
    place.mkdir()
    text = (FOLDER / "gate.txt").read_text(encoding="utf-8")
    for name, content in {**blocks(text), **blocks(HOSTILE)}.items():
        (place / f"{name}.md").write_bytes(content)
    return sorted(place.glob("*.md"))


def test_claims_says_how_many_sources_and_writes_page_and_files(groundswell, press, tmp_path):
    said = groundswell("claims", "gate", *press, "--about", "#OpenGate", "--seed", 1)
    report = tmp_path / "gate" / "claims" / "report"
    page = (report / "claims.html").read_text(encoding="utf-8")

    assert said.code == 0, said.err
    assert "articles and posts say that accounts used, spread or drove #OpenGate." in said.out
    assert "Unconfirmed" in said.out
    assert {path.name for path in report.iterdir()} == {
        *("claims.html", "claims.json", "prov.jsonld", "annotations.jsonld", "claim_reviews.jsonld", "run.json")
    }
    assert dangers(page) == []
    assert "\u202e" not in page
    assert 'style="' not in page


def test_an_answer_changes_what_is_said_and_stays(groundswell, press):
    first = groundswell("claims", "gate", *press, "--about", "#OpenGate", "--json")
    citation = json.loads(first.out)["citations"][0]["id"]
    again = groundswell("claims", "gate", "--yes", citation, "--by", "ana", "--json")
    rows = {one["id"]: one["standing"] for one in json.loads(again.out)["citations"]}

    assert first.code == again.code == 0
    assert rows[citation] == "confirmed by a person"
    assert groundswell("claims", "gate", "--no", "c-none", "--by", "ana").code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("claims", "nothing"), "holds no articles yet"),
        (("claims", "gate", "none.html"), "There is no file"),
        (("worksheet",), "A study and a file to write are needed"),
        (("worksheet", "--check", "none.toml"), "There is no file"),
    ],
)
def test_wrong_use_is_a_sentence_with_advice(groundswell, words, said):
    found = groundswell(*words)

    assert found.code == 2
    assert said in found.err
    assert "Traceback" not in found.err


def test_a_folder_of_somebody_else_is_left_alone(groundswell, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.doc").write_text("x")
    (tmp_path / "a.md").write_text("Bots drove #OpenGate.")
    found = groundswell("claims", "mine", "a.md")

    assert found.code == 2
    assert sorted(path.name for path in (tmp_path / "mine").iterdir()) == ["thesis.doc"]


def test_a_worksheet_is_filled_checked_and_never_overwritten(groundswell, press, tmp_path):
    groundswell("new", "gate.study")
    groundswell("claims", "gate.study", *press, "--about", "#OpenGate")
    made = groundswell("worksheet", "gate.study", "-o", "w.toml")
    checked = groundswell("worksheet", "--check", "w.toml", "-o", "w.html", "--json")
    told = json.loads(checked.out)

    assert made.code == checked.code == 0, made.err + checked.err
    assert told["problems"] == []
    assert {one["counted"] for one in told["evidence"]} == {"no likelihoods were entered"}
    assert "not assessed" in told["actor"]
    assert "<script" not in (tmp_path / "w.html").read_text(encoding="utf-8")
    assert groundswell("worksheet", "gate.study", "-o", "w.toml").code == 2


def test_a_sheet_with_problems_ends_with_one(groundswell, press, tmp_path):
    groundswell("new", "gate.study")
    groundswell("claims", "gate.study", *press, "--about", "#OpenGate")
    groundswell("worksheet", "gate.study", "-o", "w.toml")
    place = tmp_path / "w.toml"
    place.write_text(place.read_text(encoding="utf-8").replace('name = ""', 'name = "Somebody"'), encoding="utf-8")
    found = groundswell("worksheet", "--check", "w.toml")

    assert found.code == 1
    assert "nobody has signed" in found.out
