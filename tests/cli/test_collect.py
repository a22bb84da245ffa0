"""The commands that collect and delete, as typed: what they print, what they refuse."""

from __future__ import annotations

import json
import re

import pytest

from groundswell.cli.collect import progress, summary
from groundswell.collect.collector import Collected
from groundswell.model.dispute import Dispute, Status
from groundswell.store.disputes import add_dispute
from groundswell.store.study import Study
from tests.collect.fake_jetstream import FakeJetstream, created


def test_a_collection_makes_the_study_and_says_what_it_took(groundswell):
    with FakeJetstream([created(n) for n in range(30)]).running() as fake:
        said = groundswell(
            "collect", "bluesky", "--study", "gate.study", "--url", fake.url(), "--seconds", "1.5", "--json"
        )
        more = groundswell("collect", "bluesky", "--study", "gate.study", "--url", fake.url(), "--seconds", "1")

    assert said.code == 0, said.err
    assert json.loads(said.out)["posts"] == 30
    # How long a second takes depends on how busy the machine is.
    assert re.match(r"0 posts taken of 30 events received in \d+ s, in 0 files\.", more.out)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["bluesky"], "How long to collect was not said"),
        (["bluesky", "--seconds", "5", "--until-stopped"], "or said twice"),
        (["bluesky", "--seconds", "-1"], "more than nothing"),
        (["usenet", "--seconds", "1"], "There are: bluesky, mastodon"),
        (["mastodon", "--seconds", "1"], "none was named"),
        (["mastodon", "--seconds", "1", "--url", "https://x.example", "--zstd"], "never packed"),
        (["bluesky", "--seconds", "1", "--token-file", "t"], "asks for no token"),
        (["mastodon", "--seconds", "1", "--url", "https://x.example", "--token-file", "t"], "can't be read"),
        (["bluesky", "--seconds", "1", "--account-list", "none.txt"], "can't be read"),
    ],
)
def test_a_call_that_can_not_be_right_makes_no_study(groundswell, tmp_path, words, says):
    said = groundswell("collect", *words, "--study", "gate.study")

    assert said.code == 2
    assert says in said.err
    assert not (tmp_path / "gate.study").exists()


def test_the_line_tells_rate_lag_and_trouble():
    done = Collected(received=1_200, posts=900, waiting=40, lag_s=0.8)

    assert progress(done, 412.4).startswith("412 events/s   900 posts in the study   40 lines waiting")
    done.trouble = "refused\x1b[2J"
    assert progress(done, 0.0).startswith("no connection, trying again   1,200 events received")
    assert "\x1b" not in progress(done, 0.0)


def test_no_figure_stands_without_its_whole():
    done = Collected(received=10, posts=4, repeated=1, deletions=2, tombstones=1, files=1, connections=1, seconds=3)
    done.not_kept["their authors opted out of being indexed"] = 3

    assert summary(done) == [
        "4 posts taken of 10 events received in 3 s, in 1 files.",
        "  1 of the events were posts that had arrived before; each counts once.",
        "  2 of the events took something back; 1 posts of this study lost their content by it.",
        "  3 of 10 events were not kept: their authors opted out of being indexed.",
        "  1 connections. The next collection goes on from here.",
    ]


def test_a_purge_says_what_went_and_what_the_search_found(groundswell, tmp_path):
    (tmp_path / "a.csv").write_text("account_id,time,text\nana,2024-05-01,one\nben,2024-05-02,hi @ana\n")
    (tmp_path / "requests.txt").write_text("@ana\neve\n")
    groundswell("run", "a.csv", "-o", "out")
    said = groundswell("purge", "out", "--accounts", "requests.txt")

    assert said.code == 0, said.err
    assert said.out.startswith("1 of 2 posts deleted, and 0 profiles, from 1 files.\n  1 posts by others named them")
    assert "1 of the 2 accounts asked for are not in this study" in said.out
    assert "found in 0 of them" in said.out
    assert "report.html" in said.out


def test_a_purge_that_leaves_something_fails_and_names_it(groundswell, tmp_path):
    (tmp_path / "a.csv").write_text("account_id,time,text\nana,2024-05-01,one\n")
    (tmp_path / "requests.txt").write_text("ana\n")
    groundswell("new", "gate.study")
    groundswell("read", "gate.study", "a.csv")
    (tmp_path / "gate.study" / "notes.txt").write_text("@ana again\n")
    said = groundswell("purge", "gate.study", "--accounts", "requests.txt")

    assert said.code == 1
    assert "notes.txt" in said.err
    assert "by hand" in said.err


def test_a_purge_names_the_command_for_captures_and_what_to_do_with_disputes(groundswell, tmp_path):
    (tmp_path / "a.csv").write_text("account_id,time,text\nana,2024-05-01,one\n")
    (tmp_path / "requests.txt").write_text("ana\n")
    groundswell("new", "gate.study")
    groundswell("read", "gate.study", "a.csv")
    study = Study.open(tmp_path / "gate.study")
    capture = study.folder / "evidence" / "captures" / "3fa9c0ffee3fa9c0"
    capture.mkdir(parents=True)
    (capture / "capture.json").write_text('{"url": "https://social.example/@ana"}\n')
    reply = {"group_id": None, "account_id": "ana", "who": "ana", "when": "2024-05-02", "why": "not in step"}
    add_dispute(study, Dispute(dispute_id="d1", run_id="r1", status=Status.CONTESTED, **reply))
    said = groundswell("purge", "gate.study", "--accounts", "requests.txt")

    assert said.code == 1
    assert "`groundswell evidence delete gate.study 3fa9c0ff --why" in said.err
    assert "1 dispute names them; `groundswell dispute gate.study --list`" in said.err
    assert "delete from disputes where rowid in (1)" in said.err
    assert "Remove by hand what stands in the other files" not in said.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "What to delete was not said"),
        (["--before", "2024-05-01", "--retention"], "or said twice"),
        (["--before", "yesterday"], "is no day"),
        (["--retention"], "has no retention date"),
    ],
)
def test_a_purge_that_can_not_be_right_is_refused(groundswell, words, says):
    groundswell("new", "gate.study")
    said = groundswell("purge", "gate.study", *words)

    assert said.code == 2
    assert says in said.err


def test_pseudonyms_are_read_from_the_command_line(groundswell, tmp_path):
    (tmp_path / "a.csv").write_text("account_id,time,text\nanabelle,2024-05-01,one\n")
    said = groundswell("run", "a.csv", "-o", "out", "--pseudonymise", "keys/gate.key")
    inside = groundswell("run", "a.csv", "-o", "out", "--pseudonymise", "out/gate.key")

    assert said.code == 0, said.err
    assert (tmp_path / "keys" / "gate.key").is_file()
    assert inside.code == 2
    assert not [path for path in (tmp_path / "out").rglob("*") if path.is_file() and b"anabelle" in path.read_bytes()]


def test_a_live_collection_under_pseudonyms_writes_no_name(groundswell, tmp_path):
    with FakeJetstream([created(n, account="did:plc:anabelle") for n in range(9)]).running() as fake:
        words = ("collect", "bluesky", "--study", "gate.study", "--url", fake.url(), "--seconds", "1.5")
        said = groundswell(*words, "--pseudonymise", "keys/gate.key", "--json")
        inside = groundswell(*words, "--pseudonymise", "gate.study/gate.key")
        without = groundswell(*words)

    assert said.code == 0, said.err
    assert json.loads(said.out)["posts"] == 9
    assert inside.code == without.code == 2
    assert "would lie inside" in inside.err
    assert "holds pseudonyms" in without.err
    assert not [
        path for path in (tmp_path / "gate.study").rglob("*") if path.is_file() and b"anabelle" in path.read_bytes()
    ]


def test_a_key_inside_a_study_that_is_not_there_yet_makes_no_study(groundswell, tmp_path):
    said = groundswell(
        "collect", "bluesky", "--study", "new.study", "--seconds", "1", "--pseudonymise", "new.study/gate.key"
    )

    assert said.code == 2
    assert not (tmp_path / "new.study").exists()
