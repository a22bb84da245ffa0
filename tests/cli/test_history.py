"""`history` as typed: snapshots go in once, changes and handles come out, and gone is told beside matched accounts."""

from __future__ import annotations

import json

import pytest

POSTS = """account_id,handle,time,post_id,text
1,ana,2024-05-01T10:00:00Z,p1,the gate is open
2,ben,2024-05-01T11:00:00Z,p2,the gate is shut
"""

LATER = """account_id,handle,time,post_id,text
1,harbour_watch,2024-06-01T10:00:00Z,p3,the gate is open again
"""

SEEN = """account_id,seen_at,status,handle
1,2024-07-01,suspended,
2,2024-07-01,active,harbour_watch
3,2024-07-01,nonsense,
,2024-07-01,active,eve
4,,active,
"""


@pytest.fixture
def study(groundswell, tmp_path):
    for name, text in (("may.csv", POSTS), ("june.csv", LATER), ("seen.csv", SEEN)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    groundswell("new", "gate.study")
    assert groundswell("read", "gate.study", "may.csv", "june.csv").code == 0
    return tmp_path / "gate.study"


def test_files_of_posts_tell_that_an_account_was_renamed(groundswell, study):
    told = json.loads(groundswell("history", study, "1", "--json").out)

    assert [(one["what"], one["before"], one["after"]) for one in told["changes"]] == [
        ("handle", "ana", "harbour_watch"),
    ]
    assert told["changes"][0]["not_before"] == "2024-05-01T10:00:00+00:00"
    assert told["last_status"] is None


def test_added_snapshots_tell_the_status_and_who_bore_a_name(groundswell, study):
    said = groundswell("history", study, "--add", "seen.csv", "--json")
    told = json.loads(said.out)

    assert said.code == 0, said.err
    assert told["last_status"] == {"active": 1, "suspended": 1}
    assert told["many_accounts"] == [
        {"platform": "unknown", "handle": "harbour_watch", "account_ids": ["1", "2"]},
    ]
    assert told["files"] == [
        {
            "file": "seen.csv",
            "rows": 5,
            "snapshots": 2,
            "left_out": {
                "neither a status nor anything of a profile": 1,
                "no account id": 1,
                "no time, and none was given for the file": 1,
            },
        }
    ]
    assert told["groups"] is None
    one = json.loads(groundswell("history", study, "@ben", "--json").out)
    assert (one["last_status"], one["handles_also_borne_by"]) == ("active", {"harbour_watch": ["1"]})


def test_adding_the_same_file_twice_changes_nothing(groundswell, study):
    groundswell("history", study, "--add", "seen.csv")
    before = {path.name: path.read_bytes() for path in (study / "snapshots").iterdir()}
    again = groundswell("history", study, "--add", "seen.csv")

    assert again.code == 0, again.err
    assert {path.name: path.read_bytes() for path in (study / "snapshots").iterdir()} == before


def test_a_compliance_job_is_read_with_the_time_of_looking(groundswell, study, tmp_path):
    (tmp_path / "job.jsonl").write_text(
        '{"id": "1", "action": "delete", "created_at": "2013-06-04T16:25:04Z", "reason": "suspended"}\n'
        '{"id": 2, "action": "delete", "reason": "deactivated", "redacted_at": "2024-06-03T00:00:00Z"}\n'
        '[1]\n{"id": true}\n',
        encoding="utf-8",
    )
    said = groundswell("history", study, "--add", "job.jsonl", "--seen-at", "2024-08-01", "--json")
    told = json.loads(said.out)

    assert told["last_status"] == {"deleted": 1, "suspended": 1}
    assert told["files"][0]["left_out"] == {"a line that is no JSON object": 1, "no account id": 1}
    one = json.loads(groundswell("history", study, "1", "--json").out)
    assert one["status_seen_at"] == "2024-08-01T00:00:00+00:00"


def test_a_person_reads_what_changed_and_what_nobody_looked_at(groundswell, study):
    said = groundswell("history", study, "ben")

    assert said.code == 0, said.err
    assert "its status is not known" in said.out
    assert "changed in 1 of 1 account seen more than once" in groundswell("history", study).out


def test_purging_an_account_takes_its_snapshots_and_the_names_it_bore(groundswell, study, tmp_path):
    groundswell("history", study, "--add", "seen.csv")
    (tmp_path / "requests.txt").write_text("ana\n", encoding="utf-8")
    done = json.loads(groundswell("purge", study, "--accounts", "requests.txt", "--json").out)

    assert done["left"] == []
    told = json.loads(groundswell("history", study, "--json").out)
    assert {one["account_id"] for one in told["changes"]} == {"2"}
    assert (told["n_accounts"], told["last_status"]) == (1, {"active": 1})


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        (["dan"], "Name one by its id"),
        (["--seen-at", "yesterday"], "Write it as 2026-05-09"),
        (["--seen-at", "2024-05-01"], "Add `--add FILE`"),
        (["--add", "none.csv"], "Check the name"),
    ],
)
def test_what_can_not_be_is_wrong_use_with_advice(groundswell, study, words, advice):
    said = groundswell("history", study, *words)

    assert said.code == 2
    assert advice in said.err


def test_a_file_without_an_account_says_how_one_looks(groundswell, study):
    said = groundswell("history", study, "--add", "none.txt")
    assert said.code == 2
    (study.parent / "none.txt").write_text("hello\nworld\n", encoding="utf-8")
    said = groundswell("history", study, "--add", "none.txt")

    assert said.code == 1
    assert "account_id,seen_at,status" in said.err
