"""inspect_file: what reading would give, and a look inside."""

from __future__ import annotations

import json

from groundswell.read.inspect import inspect_file, said
from tests.read.kept import read, write_csv


def test_the_ledger_is_the_one_that_reading_gives(tmp_path):
    path = write_csv(tmp_path / "posts.csv", "account_id,time,text\nana,2024-05-01,Hello\nben,never,\n")

    assert inspect_file(path).ledger == read(path)[0]


def test_the_preview_is_the_first_twenty_posts_as_plain_values(tmp_path):
    rows = "".join(f"ana,{1714557600 + n},o{n}\n" for n in range(30))
    path = tmp_path / "shares"
    path.write_text("account_id,ts,url_id\n" + rows, encoding="utf-8")

    inspection = inspect_file(path)

    assert [post["shared_objects"] for post in inspection.preview] == [[f"o{n}"] for n in range(20)]
    assert inspection.preview[0]["time"] == "2024-05-01T10:00:00Z"


def test_what_is_printed_is_json_with_the_promised_keys(tmp_path):
    path = write_csv(tmp_path / "posts.csv", "user,when\nana,2024-05-01\n")

    printed = json.loads(json.dumps(inspect_file(path, {"account_id": "user", "time": "when"}).as_json()))

    assert {"format", "rows", "posts", "left_out", "other_records", "assumptions", "sure", "columns"} <= printed.keys()
    assert printed["columns"] == ["user", "when"]


def test_a_post_without_words_shows_what_it_repeats_or_shares(tmp_path):
    path = write_csv(tmp_path / "shares", "account_id,object_id,ts\nana,30476,1714557600\n")

    assert [said(post) for post in inspect_file(path).preview] == ["(share 30476)"]
    assert said({"is_repost": True, "repost_of": "p7"}) == "(repost of p7)"
    assert said({"is_repost": True}) == "(repost of a post that is not named)"
    assert said({"urls": ["https://example.org/a"], "text": " "}) == "(https://example.org/a)"
    assert said({"text": "two\nlines"}) == "two lines"
    assert said({}) == "(no words)"
