"""assess --campaign: a question asked of a finished run, answered under stable names."""

from __future__ import annotations

import json

import pytest

from groundswell.model.finding import NAMES_IN_JSON

KEYS = {
    *("verdict", "posts_total", "accounts_total", "share_posts", "share_accounts", "share_reposts_received"),
    *("lead_lag", "rank_with", "rank_without", "power", "multiverse", "alternatives", "sentence", "would_change"),
}


@pytest.fixture
def a_run(groundswell, tmp_path):
    """Ten readers who use two hashtags over three days, run without a campaign."""
    rows = ["account_id,time,text"]
    for n in range(30):
        tag = "#OpenGate" if n % 3 else "#Starlight"
        rows.append(f"reader{n % 10},2024-05-0{1 + n % 3}T10:{n:02}:00Z,Word {n} {tag}")
    (tmp_path / "posts.csv").write_text("\n".join(rows) + "\n")
    said = groundswell("run", "posts.csv", "-o", "out", "--power", "0")
    assert said.code == 0, said.err
    return tmp_path / "out"


def run_id(out):
    return (out / "study" / "runs" / "latest").read_text().strip()


def test_a_campaign_is_measured_under_stable_names(groundswell, a_run):
    said = groundswell("assess", "out", "--campaign", "#OpenGate", "--json")
    told = json.loads(said.out)

    assert said.code == 0, said.err
    assert set(told) >= KEYS
    assert told["verdict"] in NAMES_IN_JSON.values()
    assert (told["posts_total"], told["accounts_total"]) == (20, 10)


def test_another_question_is_another_run_and_the_same_one_is_not(groundswell, a_run):
    first = run_id(a_run)
    groundswell("assess", "out", "--campaign", "#OpenGate")
    second = run_id(a_run)
    groundswell("assess", "out", "--campaign", "#OpenGate")

    assert first != second == run_id(a_run)


def test_the_question_is_published(groundswell, a_run, tmp_path):
    groundswell("assess", "out", "--campaign", "#OpenGate")
    groundswell("publish", "out", "-o", "pages")
    told = json.loads((tmp_path / "pages" / "findings.json").read_text())

    assert set(told) >= KEYS
    assert told["posts_total"] == 20


def test_run_with_the_campaign_gives_the_same_figures(groundswell, a_run, tmp_path):
    assessed = json.loads(groundswell("assess", "out", "--campaign", "#OpenGate", "--json").out)
    groundswell("run", "posts.csv", "-o", "again", "--power", "0", "--campaign", "#OpenGate")
    told = json.loads((tmp_path / "again" / "findings.json").read_text())

    assert {key: told[key] for key in KEYS} == {key: assessed[key] for key in KEYS}
    assert told["run"] == run_id(a_run)


def test_no_match_is_said_under_the_same_names(groundswell, a_run):
    told = json.loads(groundswell("assess", "out", "--campaign", "#OpenGait", "--json").out)

    assert set(told) >= KEYS
    assert (told["verdict"], told["posts_total"]) == ("cannot_tell", 0)
    assert "“#OpenGate”" in told["sentence"]


def test_the_course_and_what_would_change_it_are_told_to_a_person(groundswell, a_run):
    said = groundswell("assess", "out", "--campaign", "#OpenGate")

    assert "  rank      by uses 1 of 2 hashtags\n" in said.out
    assert said.out.count("  changes   ") >= 3


def test_a_part_that_is_missing_is_a_part(groundswell, a_run):
    said = groundswell("assess", "out", "--campaign", "#OpenGate", "--missing", "1.5")

    assert said.code == 2
    assert "--missing must be 0 or more and below 1" in said.err


def test_the_users_own_comparators_take_the_place_of_ours(groundswell, a_run):
    rows = ["name,n_posts,gini", *(f"fair {n},20,0.{n:02}" for n in range(20))]
    (a_run / "study" / "comparators.csv").write_text("\n".join(rows) + "\n")

    told = json.loads(groundswell("assess", "out", "--campaign", "#OpenGate", "--json").out)

    assert {one["source"] for one in told["comparisons"]} == {"your own comparators"}
