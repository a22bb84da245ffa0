"""`inspect` and `read` as typed: what they say of three look-alike files, and mappings that are used again."""

from __future__ import annotations

import json

import pytest

from tests.collect.studies import posts

TABLE = """id,user,tweet_created,tweet_text
1,ana,2024-05-01T10:00:00Z,one
2,ben,,two
3,1.74861E+17,2024-05-01T10:00:02Z,three
4,cat,2024-05-01T10:00:03Z,four
"""
MEANT = ("--column", "account_id=user", "--column", "time=tweet_created", "--column", "text=tweet_text")


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "gate.csv"
    path.write_text(TABLE)
    return path


def test_a_table_is_told_with_its_columns_its_loss_and_what_stood_there(groundswell, table):
    said = groundswell("inspect", table, *MEANT)

    assert said.code == 0, said.err
    assert "columns: id, user (is account_id), tweet_created (is time), tweet_text (is text)" in said.out
    assert "4 rows = 2 posts by 2 accounts + 2 left out" in said.out
    assert "left out 1 of 4 (25 %): no time (row 2)" in said.out
    assert "row 3        account id rounded by a spreadsheet: 1.74861E+17" in said.out
    assert "to the second" in said.out
    assert "The first 2 of 2 posts, as read:\n  row 1 " in said.out


def test_events_of_a_stream_are_told_with_their_torn_line(groundswell, tmp_path):
    event = {
        "did": "did:plc:ana",
        "time_us": 1714557600123456,
        "kind": "commit",
        "commit": {"operation": "create", "collection": "app.bsky.feed.post", "rkey": "k", "record": {"text": "one"}},
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(event) + '\n{"did": "did:plc:eve", "ti\n')
    said = groundswell("inspect", "a.jsonl")

    assert "looks like Bluesky Jetstream events." in said.out
    assert 'row 2        a line that is not JSON: {"did": "did:plc:eve", "ti\n' in said.out
    assert "finer than a second" in said.out
    assert "e-06" not in said.out


def test_a_chat_of_telegram_is_told_with_its_other_records(groundswell, tmp_path):
    messages = [
        {"id": 1, "type": "service", "date_unixtime": "1714557600"},
        {"id": 2, "type": "message", "date_unixtime": "1714557660", "from": "Ana", "from_id": "user1", "text": "one"},
    ]
    chat = {"name": "Gate", "type": "public_channel", "id": 9, "messages": messages}
    (tmp_path / "result.json").write_text(json.dumps(chat))
    said = groundswell("inspect", "result.json")

    assert "looks like a Telegram Desktop export." in said.out
    assert "2 rows = 1 post by 1 account + 1 service message + 0 left out" in said.out


def test_what_a_file_says_can_not_steer_the_terminal(groundswell, tmp_path):
    hostile = "\x1b[2J\u202eana"
    (tmp_path / "a.jsonl").write_text(
        json.dumps({"account_id": hostile, "time": "2024-05-01T10:00:00Z", "text": hostile, hostile: 1}) + "\n"
    )
    said = groundswell("inspect", "a.jsonl")

    assert said.code == 0, said.err
    assert not {"\x1b", "\u202e"} & set(said.out)
    assert "ana" in said.out


def test_a_page_is_written_on_request_and_never_over_the_file(groundswell, table, tmp_path):
    said = groundswell("inspect", table, *MEANT, "--page", "gate.html", "--json")
    refused = groundswell("inspect", table, *MEANT, "--page", table)

    assert json.loads(said.out)["posts"] == 2
    assert "not for publication" in (tmp_path / "gate.html").read_text(encoding="utf-8")
    assert refused.code == 2
    assert "not called .html" in refused.err
    assert table.read_text() == TABLE


def test_a_written_mapping_reads_the_same_posts_as_its_columns_did(groundswell, table, tmp_path):
    wrote = groundswell("inspect", table, *MEANT, "--column", "post_id=id", "--write-mapping", "map.toml")
    groundswell("new", "told")
    groundswell("read", "told", table, *MEANT, "--column", "post_id=id")
    groundswell("new", "mapped")
    said = groundswell("read", "mapped", table, "--mapping", "map.toml")

    assert wrote.code == said.code == 0, said.err
    assert "check it, then read with `--mapping map.toml`" in wrote.out
    assert rows_of(tmp_path / "mapped") == rows_of(tmp_path / "told")
    assert [row[0] for row in rows_of(tmp_path / "told")] == ["1", "4"]


def test_a_mapping_that_was_guessed_reads_the_table(groundswell, table, tmp_path):
    groundswell("inspect", table, "--write-mapping", "map.toml")
    said = groundswell("inspect", table, "--mapping", "map.toml", "--json")

    assert said.code == 0, said.err
    assert json.loads(said.out)["posts"] == 2


def test_a_column_on_the_command_line_wins_over_the_mapping(groundswell, table, tmp_path):
    (tmp_path / "map.toml").write_text('[columns]\naccount_id = "id"\ntime = "tweet_created"\n')
    mapped = groundswell("inspect", table, "--mapping", "map.toml", "--json")
    won = groundswell("inspect", table, "--mapping", "map.toml", "--column", "account_id=user", "--json")

    assert [post["account_id"] for post in json.loads(mapped.out)["preview"]] == ["1", "3", "4"]
    assert [post["account_id"] for post in json.loads(won.out)["preview"]] == ["ana", "cat"]


def test_a_mapping_file_is_not_written_over(groundswell, table, tmp_path):
    (tmp_path / "map.toml").write_text("mine")
    said = groundswell("inspect", table, "--write-mapping", "map.toml")

    assert said.code == 2
    assert "There is a file 'map.toml' already" in said.err
    assert (tmp_path / "map.toml").read_text() == "mine"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--column", "time"], "is not a pair"),
        (["--column", "time=nowhere"], "nowhere"),
        (["--mapping", "none.toml"], "can't be read"),
        (["--limit", "window"], "is not a limit"),
        (["--limit", "breadth=3"], "There are: window, unpacked, ratio, members, columns"),
        (["--limit", "ratio=many"], "is not a limit"),
    ],
)
def test_what_can_not_be_meant_is_said(groundswell, table, words, says):
    said = groundswell("inspect", table, *words)

    assert said.code == 2
    assert says in said.err


def test_a_limit_that_stops_a_file_can_be_raised_for_it(groundswell, tmp_path):
    names = [f"c{n}" for n in range(60)]
    head = ",".join(["account_id", "time", *names])
    (tmp_path / "wide.csv").write_text(f"{head}\nana,2024-05-01T10:00:00Z{',1' * 60}\n")
    stopped = groundswell("inspect", "wide.csv", "--limit", "columns=50")
    allowed = groundswell("inspect", "wide.csv", "--limit", "columns=70", "--json")

    assert stopped.code != 0
    assert "--limit columns" in stopped.err
    assert json.loads(allowed.out)["posts"] == 1


def rows_of(folder):
    from groundswell.store.study import Study

    return posts(Study.open(folder), "post_id, account_id, time, text")
