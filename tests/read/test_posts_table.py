"""Posts tables: what the columns tell is taken, what they don't is read from the text or stays unknown."""

from __future__ import annotations

from tests.read.kept import read, write_csv


def one(tmp_path, text):
    return read(write_csv(tmp_path / "posts", text))[1]


def test_unknown_is_not_empty_and_empty_is_not_unknown(tmp_path):
    kept = one(
        tmp_path, "account_id,time,hashtags,urls,lang,followers\nana,2024-05-01,[],,,0\nben,2024-05-01,,[],en,\n"
    )

    assert [(row["hashtags"], row["urls"], row["lang"]) for row in kept.rows] == [([], None, None), (None, [], "en")]
    assert [account["followers"] for account in kept.profiles] == [0, None]


def test_hashtags_links_and_handles_come_from_the_text_where_there_is_no_column(tmp_path):
    row = one(tmp_path, "account_id,time,text\nana,2024-05-01,#OpenGate @ben https://example.org/a\n").rows[0]

    assert (row["hashtags"], row["mentions"], row["urls"]) == (["OpenGate"], ["ben"], ["https://example.org/a"])


def test_a_repost_is_known_by_its_column_its_target_or_its_mark(tmp_path):
    flagged = one(tmp_path, "account_id,time,is_repost\nana,2024-05-01,true\nben,2024-05-01,0\n").rows
    targeted = one(tmp_path, "account_id,time,repost_of\nana,2024-05-01,p1\nben,2024-05-01,\n").rows
    marked = one(tmp_path, "account_id,time,text\nana,2024-05-01,RT @eve: Hello\nben,2024-05-01,Hello\n").rows

    assert [row["is_repost"] for row in flagged + targeted + marked] == [True, False] * 3
    assert (marked[0]["repost_of_account"], marked[0]["repost_of"]) == ("eve", None)


def test_a_column_that_says_no_is_believed_over_the_mark(tmp_path):
    row = one(tmp_path, "account_id,time,text,is_repost\nana,2024-05-01,RT @eve: Hello,false\n").rows[0]

    assert row["is_repost"] is False


def test_the_handle_stands_in_for_an_account_id_that_lost_its_digits(tmp_path):
    ledger, kept = read(write_csv(tmp_path / "posts", "account_id,time,handle\n9.06E+17,2024-05-01,ana\n"))

    assert kept.rows[0]["account_id"] == "ana"
    assert any("the handle stands in for it" in note for note in ledger.assumptions)


def test_a_hashtag_column_may_keep_the_sign(tmp_path):
    assert one(tmp_path, "account_id,time,hashtags\nana,2024-05-01,#a #b\n").rows[0]["hashtags"] == ["a", "b"]
