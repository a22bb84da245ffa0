"""`watch` and `list` as typed: panels with the whole beside each rank, lists with a reason beside each account."""

from __future__ import annotations

import json

import pytest

HEAD = "account_id,post_id,time,text\n"


@pytest.fixture
def study(groundswell, tmp_path):
    """Twelve accounts, two days of posts, nothing analysed yet."""
    rows = [
        f"a{n % 12},{n},2026-05-0{1 + n % 2}T{n % 24:02}:00:00Z,say it #Gate{' #River' if n % 3 else ''}"
        for n in range(120)
    ]
    (tmp_path / "posts.csv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    assert groundswell("new", "gate.study").code == 0
    assert groundswell("read", "gate.study", "posts.csv").code == 0
    return "gate.study"


def test_every_row_of_a_ranked_panel_has_what_the_contract_names(groundswell, study):
    page = json.loads(groundswell("watch", study, "--json").out)
    (first, *_) = page["panels"]["hashtags"]["rows"]
    assert {"count", "accounts", "share_list", "share_all", "lift", "rank", "rank_low", "rank_high"} <= set(first)
    assert (first["name"], first["rank"]) == ("gate", 1)


def test_a_past_moment_is_looked_at_with_its_own_stretch(groundswell, study):
    page = json.loads(groundswell("watch", study, "--hours", 1, "--at", "2026-05-01T05:00", "--json").out)
    assert page["span"] == {"after": "2026-05-01T04:00:00Z", "until": "2026-05-01T05:00:00Z", "hours": 1.0}
    assert page["posts"] == page["panels"]["hashtags"]["rows"][0]["count"] if page["posts"] else True


def test_a_terminal_reads_the_same_panels(groundswell, study):
    said = groundswell("watch", study)
    assert "Top hashtags" in said.out
    assert "A rank in a list is a rank in that list." in said.out


def test_a_list_is_started_filled_shown_audited_and_watched(groundswell, study, tmp_path):
    table = tmp_path / "seeds.csv"
    dates = "2026-05-01,2026-05-02"
    table.write_text(f"account_id,reason,source,since,until\na1,posted,report,{dates}\na2,posted,report,{dates}\n")
    assert groundswell("list", "new", study, "seeds", "--rule", "posted them", "--who", "ana").code == 0
    assert "2 rows added" in groundswell("list", "add", study, "seeds", "--csv", table, "--who", "ana").out
    shown = json.loads(groundswell("list", "show", study, "seeds", "--json").out)
    assert [one["account_id"] for one in shown["members"]] == ["a1", "a2"]
    assert shown["precision"] == "precision unknown"
    assert groundswell("list", "audit", study, "seeds").out.splitlines()[0] == "account_id,answer"
    for rater in ("ana", "ben"):
        answers = tmp_path / f"{rater}.csv"
        answers.write_text("account_id,answer\na1,yes\na2,yes\n")
        kept = groundswell("list", "audit", study, "seeds", "--answers", answers, "--rater", rater)
        assert kept.code == 0, kept.err
    said = groundswell("watch", study, "--list", "seeds", "--at", "2026-05-02T23:00").out
    assert "precision 2 of 2 rightly listed" in said
    assert "of the list’s 2 accounts" in said
    gone = groundswell("list", "withdraw", study, "seeds", "a1", "--reason", "one office", "--who", "ben")
    assert "withdrawn" in gone.out
    page = json.loads(groundswell("watch", study, "--list", "seeds", "--at", "2026-05-02T23:00", "--json").out)
    assert page["members"] == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--list", "nowhere"), "There is no list"),
        (("--hours", "0"), "above 0"),
        (("--at", "yesterday"), "is no time"),
    ],
)
def test_what_can_not_be_watched_is_said_in_words(groundswell, study, words, said):
    answer = groundswell("watch", study, *words)
    assert answer.code == 2
    assert said in answer.err


def test_a_port_that_is_taken_is_named(groundswell, study):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        answer = groundswell("serve", study, "--no-open", "--port", taken.getsockname()[1])
    assert answer.code == 2
    assert "can't be used" in answer.err
