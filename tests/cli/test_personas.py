"""`lookalikes` and `similar-text` as typed: the JSON that is promised, words for people, errors with advice."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def lists(tmp_path):
    (tmp_path / "seen.txt").write_text("BeII Lantern\nBell Lantern Fans\nGrey Otter\n", encoding="utf-8")
    (tmp_path / "own.txt").write_text("# mine\nBell Lantern\n", encoding="utf-8")
    return tmp_path


def test_lookalikes_prints_the_promised_json(groundswell, lists):
    said = groundswell("lookalikes", "seen.txt", "--protected", "own.txt", "--json")
    (pair,) = json.loads(said.out)["pairs"]

    assert said.code == 0, said.err
    assert {"candidate", "protected", "score", "level", "why", "differing"} <= pair.keys()
    assert (pair["candidate"], pair["protected"], pair["level"]) == ("BeII Lantern", "Bell Lantern", "candidate")


def test_lookalikes_reads_tables_and_compares_among_themselves(groundswell, lists):
    (lists / "accounts.csv").write_text(
        "account_id,handle,display_name,bio,created_at,followers\n"
        "1,beII,Bell Lantern,Writes letters to the council every day,2024-05-01,12\n"
        "2,bell,Bell Lantern,Writes letters to the council every day,2019-05-01,\"48,100\"\n",
        encoding="utf-8",
    )  # fmt: skip
    told = json.loads(groundswell("lookalikes", "accounts.csv", "--json").out)

    assert [(pair["candidate_account"]["account_id"], pair["level"]) for pair in told["pairs"]] == [("1", "probable")]
    assert told["pairs"][0]["impersonation"]["parts"]["fewer_followers"] is True


def test_lookalikes_tells_a_person_and_no_control_character_gets_through(groundswell, lists):
    (lists / "seen.txt").write_text("BeII \u202eLantern\x1b[31m\n", encoding="utf-8")
    said = groundswell("lookalikes", "seen.txt", "--protected", "own.txt")

    assert said.code == 0, said.err
    assert "of 1 compared" in said.out
    assert not {"\u202e", "\x1b"} & set(said.out)


def test_similar_text_prints_pairs_and_templates(groundswell, tmp_path):
    lines = [f"I was a baker for {n} years. No more!" for n in ("ten", "six", "many", "all my")]
    (tmp_path / "texts.txt").write_text("\n".join([*lines, "nothing of the kind"]), encoding="utf-8")
    told = json.loads(groundswell("similar-text", "texts.txt", "--json").out)

    assert {"a", "b", "jaccard"} <= told["pairs"][0].keys()
    assert told["templates"][0]["template"] == "i was a baker for __ years no more"
    assert told["n_texts"] == 5


def test_similar_text_reads_a_table_of_posts(groundswell, tmp_path):
    (tmp_path / "posts.csv").write_text(
        "post_id,text\np1,the harbour gate should stay open tonight\np2,the harbour gate should stay open tonight!!\n",
        encoding="utf-8",
    )
    told = json.loads(groundswell("similar-text", "posts.csv", "--json").out)

    assert (told["n_texts"], told["n_distinct"]) == (2, 2)
    assert [(pair["a"], pair["b"]) for pair in told["pairs"]] == [("p1", "p2")]


@pytest.mark.parametrize(
    "command", [["lookalikes", "none.txt"], ["similar-text", "none.txt"], ["similar-text", "t", "--least", "2"]]
)
def test_what_can_not_be_is_wrong_use(groundswell, tmp_path, command):
    (tmp_path / "t").write_text("x", encoding="utf-8")
    said = groundswell(*command)

    assert said.code == 2
    assert "Traceback" not in said.err


def test_a_list_without_a_name_says_what_to_write(groundswell, tmp_path):
    (tmp_path / "empty.txt").write_text("# nobody\n\n", encoding="utf-8")
    said = groundswell("lookalikes", "empty.txt")

    assert said.code == 1
    assert "one name a line" in said.err
