"""Pseudonyms at import: no name reaches the study, and what is measured comes out the same."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell import pipeline
from groundswell.engine.duck import Duck
from groundswell.errors import WrongUse
from groundswell.model.run import Parameters
from groundswell.read.twitter_archive import READER as ARCHIVE
from groundswell.store.pseudonymise import Pseudonyms, read_key
from tests.collect.studies import posts

KEY = Pseudonyms(b"k" * 32)

TABLE = """account_id,time,post_id,text,mentions,repost_of,reply_to,urls
ana,2024-05-01T10:00:00Z,77001,ask @Ben about https://twitter.com/ana/status/77001,Ben,,,https://news.example/a
ben,2024-05-01T10:00:01Z,77002,RT @ana: ask @Ben,ana,77001,77001,https://www.tiktok.com/@ana/video/5
"""


@pytest.fixture
def key_file(tmp_path):
    return tmp_path / "keys" / "gate.key"


def read_table(tmp_path, key_file, text=TABLE, name="a.csv"):
    (tmp_path / name).write_text(text)
    place = tmp_path / "gate.study"
    study = pipeline.open_study(place) if place.exists() else pipeline.new(place)
    return study, pipeline.read(study, [tmp_path / name], pseudonymise=key_file)


def test_no_name_id_or_permalink_is_in_the_study(tmp_path, key_file):
    study, _ = read_table(tmp_path, key_file)
    with Duck() as engine:
        study.open_tables(engine)
        told = json.dumps([*engine.rows("select * from posts"), *engine.rows("select * from accounts")], default=str)
    written = b"".join(path.read_bytes() for path in study.folder.rglob("*") if path.is_file())

    for name in ("ana", "ben", "77001", "77002", "status/"):
        assert name not in told.lower()
        if name != "ben":  # three letters may stand in any hash
            assert name.encode() not in written
    assert "https://news.example/a" in told
    assert not study.raw.exists()


def test_the_same_name_is_the_same_pseudonym_wherever_it_stands(tmp_path, key_file):
    study, _ = read_table(tmp_path, key_file)
    rows = posts(study, "account_id, post_id, mentions[1], repost_of, text")
    ana, ben = sorted(rows, key=lambda row: row[3] is not None)

    assert ben[2] == ana[0]
    assert ana[2] == ben[0]
    assert ben[3] == ana[1]
    assert f"@{ben[0]}" in ana[4]


def test_traces_and_links_come_out_as_they_would_have(tmp_path, key_file):
    rows = [
        f"{account},2024-05-0{day}T10:00:{second:02d}Z,{day}{second},@dan see #gate,https://news.example/{day}"
        for day in (1, 2, 3, 4)
        for second, account in ((1, "ana"), (4, "ben"), (9, "cat"), (50, f"reader{day}"))
    ]
    (tmp_path / "a.csv").write_text("\n".join(["account_id,time,post_id,text,urls", *rows]) + "\n")
    found = []
    for name, key in (("plain", None), ("hidden", key_file)):
        study = pipeline.new(tmp_path / name)
        pipeline.read(study, [tmp_path / "a.csv"], pseudonymise=key)
        counts = pipeline.trace(study)
        pipeline.detect(study, Parameters(power=0))
        table = study.latest_run() / "links.parquet"
        with Duck() as engine:
            links = engine.rows(f"select kind, n_objects, round(p_timing, 9) from read_parquet('{table}') order by all")
        found.append((counts, links))

    assert found[0] == found[1]
    assert found[0][1]


def test_a_post_in_two_files_counts_once_under_its_pseudonym(tmp_path, key_file):
    read_table(tmp_path, key_file)
    study, (entry,) = read_table(tmp_path, key_file, TABLE + "cat,2024-05-02,77003,x,,,,\n", "b.csv")

    assert entry.posts == 1
    assert len(posts(study)) == 3


def test_so_does_one_in_two_files_that_are_read_by_columns(tmp_path, key_file):
    row = dict(ARCHIVE.samples[0])

    def table(*post_ids):
        rows = [",".join(f'"{value}"' for value in {**row, "tweetid": one}.values()) for one in post_ids]
        return "\n".join([",".join(row), *rows]) + "\n"

    read_table(tmp_path, key_file, table("894100000000000001", "894100000000000002"), name="a.csv")
    study, (entry,) = read_table(tmp_path, key_file, table("894100000000000002", "894100000000000003"), name="b.csv")

    assert (entry.posts, entry.n_left_out) == (1, 1)
    assert len(posts(study)) == 3


def test_rows_left_out_show_nothing_of_what_stood_there(tmp_path, key_file):
    _, (entry,) = read_table(tmp_path, key_file, TABLE + "secretive,no time,77009,x,,,,\n")

    assert entry.n_left_out == 1
    assert not any(one.examples for one in entry.left_out)


def test_a_missing_key_is_made_for_its_owner_alone(key_file, tmp_path):
    made = read_key(key_file, tmp_path / "gate.study")

    assert key_file.stat().st_mode & 0o077 == 0
    assert read_key(key_file, tmp_path / "gate.study").key_id == made.key_id
    assert len(bytes.fromhex(key_file.read_text())) == 32


def test_a_key_in_the_study_or_that_is_none_is_refused(tmp_path, key_file):
    with pytest.raises(WrongUse, match="would lie inside"):
        read_key(tmp_path / "gate.study" / "sub" / "k", tmp_path / "gate.study")
    key_file.parent.mkdir()
    key_file.write_text("no key\n")
    with pytest.raises(WrongUse, match="holds no key"):
        read_key(key_file, tmp_path / "gate.study")


def test_a_study_takes_names_or_the_pseudonyms_of_one_key(tmp_path, key_file):
    study, _ = read_table(tmp_path, key_file)
    with pytest.raises(WrongUse, match="holds pseudonyms, and nothing can be added"):
        pipeline.read(study, [tmp_path / "a.csv"])
    with pytest.raises(WrongUse, match="of another key"):
        pipeline.read(study, [tmp_path / "a.csv"], pseudonymise=tmp_path / "other.key")
    named = pipeline.new(tmp_path / "named")
    pipeline.read(named, [tmp_path / "a.csv"])
    with pytest.raises(WrongUse, match="1 files under real names"):
        pipeline.read(named, [tmp_path / "a.csv"], pseudonymise=key_file)


@pytest.mark.parametrize(
    ("url", "changed"),
    [
        ("https://news.example/2024/a", False),
        ("https://x.com/ana/status/1", True),
        ("https://mobile.twitter.com/ana", True),
        ("https://bsky.app/profile/ana.example/post/1", True),
        ("https://example.social/@ana/1", True),
        ("https://example.social/users/ana/statuses/1", True),
        ("at://did:plc:ana/app.bsky.feed.post/1", True),
        ("https://x.com/", False),
        ("https://ana@news.example/", True),
    ],
)
def test_only_addresses_that_name_someone_are_changed(url, changed):
    assert (KEY.link(url) != url) is changed
    assert "ana" not in KEY.link(url)


def test_a_post_id_keeps_its_case_and_a_handle_does_not():
    assert KEY.exact("dQw4") != KEY.exact("DQW4")
    assert KEY.of("@Ana") == KEY.of("ana")
    assert KEY.of("ana") != Pseudonyms(b"l" * 32).of("ana")


@given(st.text(alphabet="ab @.#/:", max_size=40))
def test_a_text_without_names_is_not_changed(text):
    if "@" not in text and "/" not in text:
        assert KEY.words(text) == text


@given(st.lists(st.sampled_from(["@ana", "@ben_2", "word", "#tag", "(@ana)", "mail@news.example"]), max_size=8))
def test_each_mention_and_nothing_else_is_changed(words):
    def slowly(word):
        for name in ("ana", "ben_2"):
            word = word.replace(f"@{name}", f"@{KEY.of(name)}")
        return word

    assert KEY.words(" ".join(words)) == " ".join(map(slowly, words))
