"""The FiveThirtyEight releases: ids from where they are whole, texts without what a spreadsheet did."""

from __future__ import annotations

from tests.read.kept import left_out, read, write_csv

HEADER = (
    "external_author_id,author,content,publish_date,post_type,retweet,alt_external_id,tweet_id,article_url,tco1_step1"
)


def rows(tmp_path, *lines):
    return read(write_csv(tmp_path / "posts", "\n".join([HEADER, *lines])))


def test_rounded_ids_come_back_from_the_link(tmp_path):
    ledger, kept = rows(
        tmp_path, "9.06E+17,ana,Hi,10/1/17 19:58,,0,9.05E+17,9.14E+17,http://twitter.com/905001/statuses/914001,"
    )

    assert (kept.rows[0]["account_id"], kept.rows[0]["post_id"]) == ("905001", "914001")
    assert (
        "In 1 of 1 rows the account id was rounded by a spreadsheet and was taken from article_url."
        in ledger.assumptions
    )


def test_without_a_link_the_other_id_and_then_the_handle_stand_in(tmp_path):
    ledger, kept = rows(
        tmp_path,
        "9.06E+17,ana,Hi,10/1/17 19:58,,0,905002,9.14E+17,,",
        "9.06E+17,ben,Hi,10/1/17 19:58,,0,9.05E+17,9.14E+17,,",
        "9.06E+17,,Hi,10/1/17 19:58,,0,9.05E+17,9.14E+17,,",
    )

    assert [row["account_id"] for row in kept.rows] == ["905002", "ben"]
    assert left_out(ledger) == {"account id rounded by a spreadsheet": 1}
    assert all("E+" not in row["post_id"] for row in kept.rows)


def test_whole_ids_are_kept_and_nothing_is_said_of_them(tmp_path):
    ledger, kept = rows(tmp_path, "905003,ana,Hi,10/1/17 19:58,,0,905003,914003,,")

    assert (kept.rows[0]["account_id"], kept.rows[0]["post_id"]) == ("905003", "914003")
    assert not [note for note in ledger.assumptions if "spreadsheet" in note]


def test_a_repost_is_one_and_a_quotation_is_not(tmp_path):
    _, kept = rows(
        tmp_path,
        "1,ana,Hi,10/1/17 19:58,RETWEET,1,1,11,,",
        "1,ana,Hi,10/1/17 19:58,QUOTE_TWEET,1,1,12,,",
        "1,ana,Hi,10/1/17 19:58,,0,1,13,,",
    )

    assert [row["is_repost"] for row in kept.rows] == [True, False, False]


def test_the_opened_link_is_taken_before_the_short_one(tmp_path):
    _, kept = rows(tmp_path, "1,ana,Hi https://t.co/x,10/1/17 19:58,,0,1,11,,https://example.org/a")

    assert kept.rows[0]["urls"] == ["https://example.org/a"]


def test_by_author_the_handle_is_the_account_and_the_text_is_unwrapped(tmp_path):
    path = write_csv(
        tmp_path / "posts",
        """
        author_id,content,region,language,publish_date,followers,following,updates,post_type,retweet,account_category
        ana,"'@ben ""look"" at #OpenGate &amp; more'",Unknown,English,2016-01-29 00:41:00,1,2,3,R,1,x
        ben,'just quoted' words,Unknown,English,2016-01-29 00:42:00,1,2,3,Q,1,x
        """,
    )

    ledger, kept = read(path)

    assert ledger.format == "fivethirtyeight-by-author"
    assert [(row["account_id"], row["text"], row["is_repost"]) for row in kept.rows] == [
        ("ana", '@ben "look" at #OpenGate & more', True),
        ("ben", "'just quoted' words", False),
    ]
    assert kept.profiles[0]["followers"] == 1
