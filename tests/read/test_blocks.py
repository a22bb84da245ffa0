"""Reading by columns gives the posts, the notes and the ledger that reading row by row gives."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.read import fivethirtyeight, twitter_archive
from groundswell.read.ingest import ingest_recognised
from groundswell.read.recognise import recognise
from groundswell.read.survey import survey
from tests.read.kept import Kept

WRITTEN = {"account_id": "ana", "time": "2024-05-01T10:00:00Z", "post_id": "p1", "text": "Look #OpenGate"}
MARKS = {"urls": "https://example.org/a", "hashtags": "OpenGate", "mentions": "ben", "lang": "en", "client": "web"}
TARGETS = dict.fromkeys(("repost_of", "repost_of_account", "reply_to", "quote_of"), "")
TABLES = {
    "fivethirtyeight": fivethirtyeight.READER.samples[0],
    "twitter-archive": twitter_archive.READER.samples[0],
    "posts-table": WRITTEN,
    "posts-table with marks": WRITTEN | MARKS | {"platform": "x", "handle": "ana", "followers": "3"},
    "posts-table with targets": WRITTEN | TARGETS,
    "posts-table with flags": WRITTEN | TARGETS | {"is_repost": "false"},
    "posts-table without ids": {name: WRITTEN[name] for name in ("account_id", "time", "text")},
}
CELL = st.sampled_from(
    [
        *("", " ", "9143", "9.06E+17", "9143.0", '="9143"', "'9143", "absent", "None", "[]", "['a', 'b']", "true", "1"),
        *("10/1/17 19:58", "2017-08-06 08:15", "2017-08-06T08:15:00Z", "soon", "YonB7sDqf9hashed+/0123="),
        *("http://twitter.com/905874/statuses/914003", "http://twitter.com/ana/statuses/914004", "RETWEET", "'@ana x'"),
        *("a &amp; b #Gate @ana https://t.co/x", "GrÃ¼ÃŸe", "two\nlines", 'a "quoted" word'),
        *("RT @ben: x", "RT @ben", "ana_b", "did:plc:ana", "#x#y https://t.co/a#b"),
        "http://twitter.com/ana/status/91x",
    ]
)


def told(path, *, by_columns):
    looked = survey(path)
    found = recognise(looked, {})
    assert found.blocks is not None
    kept = Kept()
    ledger = ingest_recognised(looked, found if by_columns else replace(found, blocks=None), sink=kept)
    return ledger, sorted(kept.rows, key=lambda row: row["source_row"]), kept.profiles


@pytest.mark.parametrize("sample", TABLES.values(), ids=TABLES)
@given(data=st.data())
@settings(max_examples=120)
def test_a_block_is_its_rows(sample, data, tmp_path_factory):
    changed = st.dictionaries(st.sampled_from(sorted(sample)), CELL, max_size=4)
    rows = [{**sample, **change} for change in data.draw(st.lists(changed, min_size=1, max_size=8))]
    text = io.StringIO(newline="")
    out = csv.DictWriter(text, list(sample))
    out.writeheader()
    out.writerows(rows)
    path = tmp_path_factory.mktemp("block") / "posts.csv"
    path.write_text(text.getvalue() + data.draw(st.sampled_from(("", "one\n", '"open'))), encoding="utf-8", newline="")

    assert told(path, by_columns=True) == told(path, by_columns=False)


def test_no_batch_is_larger_than_promised(tmp_path, monkeypatch):
    monkeypatch.setattr("groundswell.read.ingest.BATCH", 700)
    sample = fivethirtyeight.READER.samples[0]
    path = tmp_path / "posts.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, list(sample))
        out.writeheader()
        out.writerows(
            {**sample, "tweet_id": str(n), "article_url": ""} | {"external_author_id": "9"} for n in range(2_000)
        )
    sizes = []

    class Sizes(Kept):
        def posts(self, columns):
            sizes.append(len(columns["time"]))

    looked = survey(path)
    ledger = ingest_recognised(looked, recognise(looked, {}), sink=Sizes())

    assert (sizes, ledger.posts) == ([700, 700, 600], 2_000)
