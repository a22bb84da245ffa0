"""Twitter's archive: tweets with Python's lists and minute times, and the profiles beside them."""

from __future__ import annotations

from groundswell.read.twitter_archive import READER as TWEETS
from groundswell.read.twitter_archive_users import READER as USERS
from tests.read.kept import read, write_csv, write_lines


def test_a_tweet_is_read_with_its_lists_and_its_time_in_utc(tmp_path):
    ledger, kept = read(write_lines(tmp_path / "posts", TWEETS.samples))
    row = kept.rows[0]

    assert (row["hashtags"], row["urls"], row["mentions"]) == (["OpenGate"], [], [])
    assert row["time"] == "2017-08-06T08:15:00.000000"
    assert not [note for note in ledger.assumptions if "no zone" in note]


def test_a_repost_names_what_and_whom_it_repeats(tmp_path):
    record = {**TWEETS.samples[0], "is_retweet": "true", "retweet_tweetid": "77", "retweet_userid": "7"}

    row = read(write_lines(tmp_path / "posts", [record]))[1].rows[0]

    assert (row["is_repost"], row["repost_of"], row["repost_of_account"]) == (True, "77", "7")


def test_absent_is_unknown(tmp_path):
    record = {**TWEETS.samples[0], "in_reply_to_tweetid": "absent", "quoted_tweet_tweetid": ""}

    row = read(write_lines(tmp_path / "posts", [record]))[1].rows[0]

    assert (row["reply_to"], row["quote_of"]) == (None, None)


def test_the_last_row_that_breaks_off_is_in_the_ledger(tmp_path):
    path = write_csv(
        tmp_path / "posts",
        """
        "tweetid","userid","user_screen_name","tweet_text","tweet_time"
        "1","ana","ana","first
        second","2017-08-06 08:15"
        "2","ben","ben","a profile
        of two lines and a text that breaks o
        """,
    )

    ledger, _ = read(path)

    assert (ledger.rows, ledger.posts, ledger.left_out[0].first_rows) == (2, 1, (2,))


def test_profiles_are_accounts_and_no_posts(tmp_path):
    record = {**USERS.samples[0], "userid": "1.01421E+18", "user_screen_name": "ben"}

    ledger, kept = read(write_lines(tmp_path / "users", [*USERS.samples, record]))

    assert (ledger.posts, ledger.other_records) == (0, {"profile": 2})
    assert [account["account_id"] for account in kept.profiles] == ["YonB7sDqf9hashed=", "ben"]
    assert kept.profiles[0]["created_at"] == "2019-07-17T00:00:00.000000"
    assert any(note.startswith("In 1 of 2 rows the account id was rounded") for note in ledger.assumptions)
