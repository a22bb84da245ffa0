"""groundswell check-text: exit codes, lines, and what it is held against."""

from __future__ import annotations

import json

import pytest

from groundswell.model.run import Parameters
from groundswell.pipeline import run
from groundswell.simulate.catalogue import simulate
from groundswell.simulate.write import write

FAIR = "14 of 9,829 accounts shared the same 38 links within 60 seconds of each other.\n"


@pytest.fixture
def draft(tmp_path):
    """Write a draft."""

    def written(text, name="draft.md"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return written


def test_a_fair_draft_is_fine(groundswell, draft):
    said = groundswell("check-text", draft(FAIR))

    assert said.code == 0
    assert said.err == ""


def test_a_draft_that_says_too_much_fails_with_its_line_and_what_may_be_written(groundswell, draft):
    path = draft(f"{FAIR}\nThe tag trended because of bots.\n")
    said = groundswell("check-text", path)

    assert said.code == 1
    assert f"{path}:3: “trended because of”" in said.out
    assert "Rather: " in said.out
    assert "2 passages say too much." in said.out


def test_json_holds_the_same(groundswell, draft):
    said = groundswell("check-text", draft("The bots did it."), "--json")

    assert said.code == 1
    assert [(hit["line"], hit["words"]) for hit in json.loads(said.out)["hits"]] == [(1, "bots")]


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (("missing.md",), 2, "There is no file"),
        (("draft.md", "--study", "nowhere"), 2, "nowhere"),
        (("binary.md",), 1, "no plain text"),
    ],
)
def test_what_can_not_be_read_is_said_in_words(groundswell, draft, words, code, why):
    draft(FAIR)
    draft(b"\xff\xfe\x00", "binary.md")
    said = groundswell("check-text", *words)

    assert said.code == code
    assert why in said.err
    assert "Traceback" not in said.err


@pytest.mark.slow
def test_a_draft_is_held_against_its_study(groundswell, draft, tmp_path):
    file = tmp_path / "posts.csv"
    write(simulate("demo-campaign", seed=0), file)
    summary = run([file], tmp_path / "out", Parameters(campaign="#OpenGate", power=0))
    own = draft(f"{summary.assessment.headline}\n")
    other = draft("77 of 88 accounts acted together.\n", "other.md")

    assert groundswell("check-text", own, "--study", "out").code == 0
    assert groundswell("check-text", other).code == 0
    assert groundswell("check-text", other, "--study", "out").code == 1


def test_planting_can_be_left_out_and_can_not_be_negative(groundswell, draft):
    path = draft("account_id,time,text\nana,2024-05-01 10:00:00,hello\n", "posts.csv")

    assert groundswell("run", path, "--power", "0", "-o", "out").code == 0
    assert groundswell("run", path, "--power", "-1", "-o", "out").code == 2
