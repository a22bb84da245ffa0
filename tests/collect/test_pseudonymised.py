"""Collecting under pseudonyms: no name touches the disk at any moment, and the rest is as without them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell import pipeline
from groundswell.collect.collector import Rotation, collect
from groundswell.collect.event import Event
from groundswell.collect.jetstream import Jetstream
from groundswell.collect.mastodon import Mastodon
from groundswell.collect.pseudonymised import Pseudonymised
from groundswell.collect.sealing import find_cursor
from groundswell.collect.wanted import Wanted
from groundswell.errors import WrongUse
from groundswell.model.post import Account, Post
from groundswell.read.batches import Batch, account_columns
from groundswell.read.json_lines import NO_JSON, NO_OBJECT, TOO_DEEP
from groundswell.read.recognise import OTHER_FORMAT
from groundswell.read.times import microseconds
from groundswell.store.pseudonymise import Pseudonymising, Pseudonyms
from tests.collect.fake_jetstream import FakeJetstream, Mischief, account_gone, as_version_2, created, deleted
from tests.collect.fake_mastodon import FIRST_ID, FakeMastodon, status
from tests.collect.studies import journals, left_out, posts, raw
from tests.collect.test_collect_bluesky import all_of

KEY = Pseudonyms(b"k" * 32)
VERSIONS = pytest.mark.parametrize("version", [1, 2])

NAMES = (b"anabelle", b"benedict", b"kx7y", b"regretted-by")
"""Parts of the accounts' and posts' ids in the tests below; none of them can stand in a hash."""


def anas(n, **more):
    """Event n, by an account and with a key that can be searched for."""
    event = created(n, account="did:plc:anabelle", text=more.pop("text", f"post {n} @benedict.example #OpenGate"))
    event["commit"]["rkey"] = f"kx7y{n}"
    return event


def on_disk(folder):
    """Everything that any file of the study holds, its name included, unpacked where it is packed."""
    found = b""
    for path in folder.rglob("*"):
        if path.is_file():
            found += str(path.relative_to(folder)).encode() + path.read_bytes()
    return found


class Watcher:
    """Looks at the whole study each time the collector reports, and remembers what it should not have seen."""

    def __init__(self, study):
        self.study, self.seen, self.looks, self.looked = study, set(), 0, 0.0

    def __call__(self, done):
        """Look again, five times a second at most."""
        if time.monotonic() - self.looked < 0.2:
            return
        self.looks, self.looked = self.looks + 1, time.monotonic()
        held = on_disk(self.study.folder)
        self.seen |= {name for name in NAMES if name in held}


def gather(study, source, until, **options):
    watcher = Watcher(study)
    done = collect(study, Pseudonymised(source, KEY), seconds=40, seed=1, until=until, report=watcher, **options)
    assert watcher.looks
    assert not watcher.seen
    assert not [name for name in NAMES if name in on_disk(study.folder)]
    if study.raw.exists():
        assert not [name for name in NAMES if name.decode() in raw(study)]
    return done


@VERSIONS
def test_no_name_is_on_the_disk_at_any_moment_and_every_post_is_there_once(study, version):
    history = [anas(n) for n in range(600)]
    mischief = Mischief(seed=1, drop_after=(200, 150, 150), repeats=0.1, swaps=0.1, corrupt=0.03, delay_s=0.01)
    with FakeJetstream(history, mischief).running() as fake:
        done = gather(study, Jetstream(fake.url(version)), all_of(history), rotation=Rotation(lines=300))

    assert all(fake.did[what] > 0 for what in ("dropped", "swapped", "corrupted"))
    assert posts(study) == sorted((KEY.exact(f"at://did:plc:anabelle/app.bsky.feed.post/kx7y{n}"),) for n in range(600))
    assert {account for (account,) in posts(study, "account_id")} == {KEY.of("did:plc:anabelle")}
    assert sum(entry.rows for entry in study.ledgers()) == done.received
    assert left_out(study)["a line that is not JSON"] == fake.did["corrupted"]
    assert not journals(study)


@VERSIONS
def test_what_is_read_is_what_would_have_been_read_and_then_renamed(study, tmp_path, version):
    history = [
        anas(0),
        created(1, text="see https://bsky.app/profile/benedict.example/post/1"),
        deleted(2, 1),
        account_gone(3, "x"),
    ]
    history[1]["commit"]["record"]["facets"] = [
        {"features": [{"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:benedict"}]}
    ]
    with FakeJetstream(history).running() as fake:
        lines = [
            json.dumps(as_version_2(event, n)["payload"] if version == 2 else event) for n, event in enumerate(history)
        ]
        (tmp_path / "a.jsonl").write_text("\n".join(lines) + "\n")
        gather(study, Jetstream(fake.url(version)), all_of(history))
    key_file = tmp_path / "gate.key"
    key_file.write_text((b"k" * 32).hex())
    imported = pipeline.new(tmp_path / "imported")
    (entry,) = pipeline.read(imported, [tmp_path / "a.jsonl"], pseudonymise=key_file)
    (live,) = study.ledgers()
    columns = "* exclude (source_file, source_row)"

    assert posts(study, columns) == posts(imported, columns)
    assert live.other_records == entry.other_records
    assert (live.rows, live.posts) == (entry.rows, entry.posts)
    assert live.title.endswith(", under pseudonyms")


@VERSIONS
def test_what_is_taken_back_under_a_pseudonym_loses_its_words(study, version):
    history = [anas(0, text="regretted words"), anas(1, text="other words"), deleted(2, 0, account="did:plc:anabelle")]
    history[2]["commit"]["rkey"] = "kx7y0"
    with FakeJetstream(history).running() as fake:
        done = gather(study, Jetstream(fake.url(version)), all_of(history))

    assert done.tombstones == 1
    assert sorted(posts(study, "text"), key=str) == [("other words",), (None,)]
    assert "regretted" not in raw(study)


def test_a_deleted_account_takes_all_its_posts_back_under_its_pseudonym(study):
    history = [anas(0), created(1, account="did:plc:benedict"), account_gone(2, "did:plc:anabelle")]
    with FakeJetstream(history).running() as fake:
        gather(study, Jetstream(fake.url()), all_of(history))

    texts = dict(posts(study, "account_id, text"))
    assert texts[KEY.of("did:plc:anabelle")] is None
    assert texts[KEY.of("did:plc:benedict")] is not None


def test_the_next_collection_goes_on_from_a_rounded_cursor(study):
    history = [anas(n) for n in range(2_600)]
    fake = FakeJetstream(history[:2_200])
    with fake.running():
        source = Jetstream(fake.url(2))
        gather(study, source, all_of(fake.history))
        cursor = find_cursor(study, source)
    fake.history = history
    with fake.running():
        gather(study, Jetstream(fake.url(2)), all_of(history))

    assert cursor == 2_000
    assert fake.asked[-1]["cursor"] == ["1000"]
    assert len(posts(study)) == 2_600


@pytest.mark.parametrize("scheme", ["http", "ws"])
def test_mastodon_keeps_counts_of_profiles_and_no_name_of_them(study, scheme):
    about = {"acct": "anabelle", "url": "https://example.social/@anabelle", "followers_count": 7}
    about |= {"display_name": "Anabelle", "note": "anabelle", "avatar_static": "https://example.social/anabelle.png"}
    script = [
        ("update", status(n, account="anabelle", content="<p>hi @benedict regretted</p>", about=dict(about)))
        for n in (1, 2)
    ]
    edited = status(
        2, account="anabelle", about=dict(about), content="<p>mended</p>", edited_at="2024-05-01T11:00:00.000Z"
    )
    script += [("delete", str(FIRST_ID + 1)), ("status.update", edited)]
    with FakeMastodon(script).running() as fake:
        source = Mastodon(fake.url(scheme))
        source._http = fake.url("http")
        done = gather(study, source, lambda done: fake.over and done.received >= 4)

    assert done.edits == 1
    assert {text for (text,) in posts(study, "text")} == {None, "mended"}
    assert raw(study).count("regretted") == 0
    assert not [n for n in (1, 2) if str(FIRST_ID + n) in raw(study) + on_disk(study.folder).decode("latin-1")]
    from groundswell.engine.duck import Duck

    with Duck() as engine:
        study.open_tables(engine)
        told = engine.rows("select account_id, handle, name, bio, url, picture, followers from accounts")
    account = KEY.of("https://example.social/users/anabelle")
    assert told == [(account, KEY.of("anabelle"), None, None, None, None, 7)]


def test_reposts_of_what_an_earlier_collection_took_still_belong(study, tmp_path):
    key_file = tmp_path / "gate.key"
    repost = anas(3)
    repost["commit"] |= {
        "collection": "app.bsky.feed.repost",
        "record": {"subject": {"uri": "at://did:plc:anabelle/app.bsky.feed.post/kx7y0"}},
    }
    fake = FakeJetstream([anas(0)])
    for history in ([anas(0)], [anas(0), anas(1, text="nothing"), repost]):
        fake.history = history
        with fake.running():
            source = Jetstream(fake.url(), Wanted.of(["#OpenGate"]))
            pipeline.collect(study, source, seconds=1.0, pseudonymise=key_file)

    assert len(posts(study)) == 2
    assert not [name for name in NAMES if name in on_disk(study.folder)]


def test_a_study_takes_live_names_or_pseudonyms_of_one_key(study, tmp_path):
    with FakeJetstream([anas(0)]).running() as fake:
        pipeline.collect(study, Jetstream(fake.url()), seconds=0.5, pseudonymise=tmp_path / "one.key")
        with pytest.raises(WrongUse, match="holds pseudonyms, and nothing can be added"):
            pipeline.collect(study, Jetstream(fake.url()), seconds=0.5)
        with pytest.raises(WrongUse, match="of another key"):
            pipeline.collect(study, Jetstream(fake.url()), seconds=0.5, pseudonymise=tmp_path / "two.key")


def test_a_journal_of_names_that_a_killed_collection_left_is_not_sealed_under_pseudonyms(study, tmp_path):
    (study.folder / "live" / "x").mkdir(parents=True)
    (study.folder / "live" / "x" / "bluesky-20240501T100000Z.jsonl").write_text("{}\n")

    with pytest.raises(WrongUse, match="1 files under real names"):
        pipeline.collect(study, Jetstream("ws://127.0.0.1:9"), seconds=0.5, pseudonymise=tmp_path / "one.key")


RUN = """
import sys
from pathlib import Path
from groundswell.collect.collector import Rotation, collect
from groundswell.collect.jetstream import Jetstream
from groundswell.collect.pseudonymised import Pseudonymised
from groundswell.store.pseudonymise import Pseudonyms
from groundswell.store.study import Study
folder, url = sys.argv[1:]
source = Pseudonymised(Jetstream(url), Pseudonyms(b"k" * 32))
collect(Study.open(Path(folder)), source, seconds=300, rotation=Rotation(lines=100_000))
"""


def test_a_killed_collection_leaves_no_name_and_its_posts_are_found_again(study):
    history = [anas(n) for n in range(1_500)]
    with FakeJetstream(history, Mischief(rate=1_000)).running() as fake:
        first = subprocess.Popen([sys.executable, "-c", RUN, str(study.folder), fake.url()])
        waited = time.monotonic()
        while time.monotonic() - waited < 60 and fake.did["sent"] < 400:
            time.sleep(0.02)
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        (left,) = journals(study)

        assert left.stat().st_size > 10_000
        assert not [name for name in NAMES if name in on_disk(study.folder)]
        gather(study, Jetstream(fake.url()), all_of(history))

    assert len(posts(study)) == 1_500
    assert len(fake.asked) == 2
    assert "cursor" in fake.asked[1]


words = st.text(alphabet="ab@#/.: x", max_size=30)
some_posts = st.builds(
    Post,
    platform=st.just("bluesky"),
    account_id=st.text(min_size=1, max_size=8),
    time=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    post_id=st.text(min_size=1, max_size=8),
    text=st.none() | words,
    urls=st.none() | st.lists(st.sampled_from(["https://x.com/ana/status/1", "https://news.example/a"])).map(tuple),
    hashtags=st.none() | st.lists(words, max_size=2).map(tuple),
    mentions=st.none() | st.lists(words, max_size=2).map(tuple),
    is_repost=st.booleans(),
    repost_of=st.none() | words,
    repost_of_account=st.none() | words,
    reply_to=st.none() | words,
    quote_of=st.none() | words,
    shared=st.lists(st.tuples(st.sampled_from(["url", "text"]), words), max_size=2).map(tuple),
)


class Kept:
    """A sink for one batch."""

    def posts(self, columns):
        """Keep it."""
        self.columns = columns

    def accounts(self, columns):
        """Keep it."""
        self.columns = columns


def as_rows(columns):
    """Rows that can be compared: unknown times and lists are unequal to themselves in numpy."""
    return [[str(value) for value in row] for row in zip(*columns.values(), strict=True)]


@given(some_posts)
def test_one_post_is_renamed_as_a_batch_of_them_is(post):
    """`Pseudonyms.post` is the quick way for one; the columns that an import writes are its twin."""
    plain, renamed = Batch("f"), Batch("f")
    hidden = KEY.post(post)
    plain.add(post, post.post_id, microseconds(post.time), 1)
    renamed.add(hidden, hidden.post_id, microseconds(post.time), 1)
    kept = Kept()
    Pseudonymising(kept, KEY).posts(plain.columns())

    assert as_rows(kept.columns) == as_rows(renamed.columns())


@given(st.text(min_size=1, max_size=8), st.none() | words, st.none() | st.integers(0, 9))
def test_one_profile_is_renamed_as_a_batch_of_them_is(account_id, told, followers):
    account = Account(
        platform="x",
        account_id=account_id,
        handle=told,
        name=told,
        bio=told,
        url=told,
        picture=told,
        followers=followers,
    )
    kept = Kept()
    Pseudonymising(kept, KEY).accounts(account_columns([account]))

    assert as_rows(kept.columns) == as_rows(account_columns([KEY.account(account)]))


@given(some_posts)
def test_a_line_of_ours_is_read_back_as_it_was_written(post):
    source = Pseudonymised(Jetstream("ws://127.0.0.1:1"), KEY)
    event = source.hidden(Event(line=json.dumps(created(7)), cursor=1_714_557_600_003_500))
    record = json.loads(event.line)
    record["post"] = json.loads(json.dumps(_told_of(post)))

    assert source.reader.to_post(record) == post
    assert source.cursor_of(record) == 1_714_557_600_000_000


def _told_of(post):
    from groundswell.collect.pseudonymised import _told

    return _told(post._asdict())


@given(st.text(max_size=60))
def test_no_line_breaks_it_and_what_can_not_be_read_leaves_only_its_reason(line):
    source = Pseudonymised(Jetstream("ws://127.0.0.1:1"), KEY)
    record = json.loads(source.hidden(Event(line=line)).line)

    assert set(record) == {"left_out"}
    assert record["left_out"] in (NO_JSON, NO_OBJECT, TOO_DEEP, OTHER_FORMAT)
