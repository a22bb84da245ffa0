"""Collecting from a Jetstream that misbehaves: each post once, nothing lost, what is taken back is gone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass

import pytest
import zstandard

from groundswell.collect import collector
from groundswell.collect.collector import Rotation, collect
from groundswell.collect.jetstream import REWIND, Jetstream
from groundswell.collect.journal import Journal
from groundswell.collect.sealing import seal, stream_folder
from groundswell.collect.wanted import Wanted
from groundswell.errors import Failed, WrongUse
from groundswell.store.lock import locked
from groundswell.store.raw import unpacked
from tests.collect.fake_jetstream import BEGIN_US, FakeJetstream, Mischief, account_gone, changed, created, deleted
from tests.collect.studies import everything, journals, left_out, posts, raw, raw_is_named_by_its_hash

VERSIONS = pytest.mark.parametrize("version", [1, 2])


def uri(n, account="did:plc:ana"):
    return f"at://{account}/app.bsky.feed.post/k{n}"


def all_of(history):
    """Enough when the last event has arrived."""
    last = history[-1]["time_us"]
    return lambda done: done.time_us == last or done.seconds > 30


def gather(study, fake, version=1, *, wanted=None, rotation=None, history=None, **options):
    source = Jetstream(fake.url(version), wanted, **options)
    return collect(
        study, source, seconds=40, rotation=rotation, seed=1, until=all_of(fake.history if history is None else history)
    )


@VERSIONS
def test_whatever_the_server_does_each_post_arrives_once(study, version):
    history = [created(n) for n in range(1_000)]
    mischief = Mischief(drop_after=(300, 200, 400), repeats=0.1, swaps=0.1, corrupt=0.02, delay_s=0.01)
    with FakeJetstream(history, mischief).running() as fake:
        done = gather(study, fake, version, rotation=Rotation(lines=400))

    assert all(fake.did[what] > 0 for what in ("dropped", "swapped", "corrupted"))
    assert posts(study) == sorted((uri(n),) for n in range(1_000))
    assert done.posts == 1_000
    assert done.repeated > 0
    assert sum(entry.rows for entry in study.ledgers()) == done.received
    assert left_out(study)["a line that is not JSON"] == fake.did["corrupted"]
    assert done.connections == 4
    assert not journals(study)
    assert raw_is_named_by_its_hash(study)


@VERSIONS
def test_the_next_collection_goes_on_where_the_last_stopped(study, version):
    history = [created(n, step_us=1_000_000) for n in range(3_000)]
    fake = FakeJetstream(history[:1_500])
    with fake.running():
        gather(study, fake, version)
    fake.history = history
    with fake.running():
        again = gather(study, fake, version)

    assert len(posts(study)) == 3_000
    assert again.posts == 1_500
    assert int(fake.asked[-1]["cursor"][0]) == (BEGIN_US + 1_497 * 10**6 if version == 1 else 500)


def test_lines_that_a_killed_collector_left_are_sealed_first(study):
    history = [created(n) for n in range(20)]
    with FakeJetstream(history[5:]).running() as fake:
        journal = Journal(stream_folder(study, Jetstream(fake.url())), "bluesky-20240501T100000Z")
        for event in history[:7]:
            journal.add(json.dumps(event))
        journal.seal()
        gather(study, fake)

    assert posts(study) == sorted((uri(n),) for n in range(20))
    assert not journals(study)


def test_a_line_that_was_cut_off_is_counted_and_comes_again(study):
    history = [created(n) for n in range(4)]
    with FakeJetstream(history).running() as fake:
        folder = stream_folder(study, Jetstream(fake.url()))
        folder.mkdir(parents=True)
        (folder / "bluesky-20240501T100000Z.jsonl").write_text(
            f"{json.dumps(history[0])}\n{json.dumps(history[1])[:80]}"
        )
        gather(study, fake)

    assert len(posts(study)) == 4
    assert left_out(study)["a line that is not JSON"] == 1


@VERSIONS
def test_what_is_taken_back_loses_its_words_everywhere_and_stays_as_a_tombstone(study, version):
    history = [created(0, text="regretted words"), created(1, text="other words"), deleted(2, 0)]
    with FakeJetstream(history).running() as fake:
        done = gather(study, fake, version)

    assert done.tombstones == 1
    assert posts(study, "post_id, account_id, time is not null, text") == [
        (uri(0), "did:plc:ana", True, None),
        (uri(1), "did:plc:ana", True, "other words"),
    ]
    assert "regretted" not in raw(study)
    assert "other words" in raw(study)
    assert not any("regretted" in path.read_text() for path in (study.folder / "ledger").iterdir())


@VERSIONS
def test_a_changed_post_says_its_last_words_at_its_first_time(study, version):
    history = [created(0, text="first words"), created(1), changed(2, 0, text="second words"), created(3)]
    history += [changed(4, 0, text="last words")]
    with FakeJetstream(history, Mischief(drop_after=(4,), repeats=0.5)).running() as fake:
        done = gather(study, fake, version, rotation=Rotation(lines=2))

    assert posts(study, "text, epoch_us(time)")[0] == ("last words", BEGIN_US)
    assert posts(study) == [(uri(n),) for n in (0, 1, 3)]
    assert done.edits >= 2
    assert not any(words in raw(study) for words in ("first words", "second words"))
    assert raw(study).count("removed") >= 2
    assert raw_is_named_by_its_hash(study)


def test_a_post_that_was_taken_is_followed_where_its_change_loses_the_hashtag(study):
    history = [
        created(0),
        created(1, text="no tag"),
        changed(2, 0, text="bare words"),
        changed(3, 1, text="still none"),
    ]
    with FakeJetstream(history).running() as fake:
        gather(study, fake, wanted=Wanted.of(["OpenGate"]))

    assert posts(study, "post_id, text") == [(uri(0), "bare words")]


def test_what_was_changed_and_then_taken_back_is_in_no_file_of_the_study(study):
    history = [created(0, text="first regret"), changed(1, 0, text="second regret"), created(2, text="other words")]
    with FakeJetstream([*history, deleted(3, 0)]).running() as fake:
        gather(study, fake)

    found = everything(study)
    assert "other words" in found
    assert "regret" not in found


def test_a_deletion_reaches_a_post_of_an_earlier_collection_and_its_repeats(study):
    history = [created(0, text="regretted words"), created(1)]
    fake = FakeJetstream(history, Mischief(repeats=1.0))
    with fake.running():
        gather(study, fake)
    fake.history = [*history, deleted(2, 0)]
    with fake.running():
        gather(study, fake)
    fake.history = [*history, deleted(2, 0), created(3)]
    with fake.running():
        gather(study, fake)

    assert posts(study, "post_id, text")[0] == (uri(0), None)
    assert len(posts(study)) == 3
    assert "regretted" not in raw(study)
    assert raw_is_named_by_its_hash(study)


@VERSIONS
def test_a_deleted_account_takes_all_its_posts_back(study, version):
    history = [created(0), created(1, account="did:plc:ben"), created(2), account_gone(3, "did:plc:ana")]
    with FakeJetstream(history).running() as fake:
        gather(study, fake, version)

    assert [text is None for (text,) in posts(study, "text")] == [True, True, False]


def test_only_the_hashtag_asked_for_is_kept_and_reposts_of_it(study):
    repost = created(3, account="did:plc:cat")
    repost["commit"] |= {"collection": "app.bsky.feed.repost", "record": {"subject": {"uri": uri(1)}}}
    stranger = created(4, account="did:plc:dan")
    stranger["commit"] |= {"collection": "app.bsky.feed.repost", "record": {"subject": {"uri": uri(0)}}}
    history = [
        created(0, text="nothing"),
        created(1, text="now #OPENGATE"),
        created(2, text="#other"),
        repost,
        stranger,
    ]
    with FakeJetstream(history).running() as fake:
        done = gather(study, fake, wanted=Wanted.of(["#OpenGate"]))

    assert [account for (account,) in posts(study, "account_id")] == ["did:plc:ana", "did:plc:cat"]
    assert done.received == 5
    assert "nothing" not in raw(study)


def test_accounts_are_asked_of_the_server_and_checked_here(study):
    history = [created(0), created(1, account="did:plc:ben")]
    with FakeJetstream(history).running() as fake:
        gather(study, fake, wanted=Wanted.of(account_ids=["did:plc:ben"]))

    assert posts(study, "account_id") == [("did:plc:ben",)]
    assert fake.asked[0]["wantedDids"] == ["did:plc:ben"]


def test_a_stream_of_which_nothing_is_kept_still_moves_its_cursor(study):
    history = [created(n, text="nothing") for n in range(9)]
    fake = FakeJetstream(history)
    with fake.running():
        gather(study, fake, wanted=Wanted.of(["opengate"]))
        gather(study, fake, wanted=Wanted.of(["opengate"]))

    assert not study.ledgers()
    assert "cursor" in fake.asked[-1]


@VERSIONS
def test_packed_messages_are_unpacked_and_broken_ones_counted(study, version, tmp_path):
    dictionary = zstandard.train_dictionary(4_096, [json.dumps(created(n)).encode() for n in range(500)]).as_bytes()
    (tmp_path / "dictionary").write_bytes(dictionary)
    history = [created(n) for n in range(50)]
    with FakeJetstream(history, Mischief(corrupt=0.1), dictionary=dictionary).running() as fake:
        gather(study, fake, version, zstd=True, dictionary=tmp_path / "dictionary" if version == 1 else None)

    assert len(posts(study)) == 50
    assert left_out(study) == {"a line that is not JSON": fake.did["corrupted"]}


def test_a_gap_that_the_server_cannot_fill_stands_in_the_ledger(study):
    history = [created(n) for n in range(3_000)]
    fake = FakeJetstream(history[:10])
    with fake.running():
        gather(study, fake, 2)
    journal = study.folder / "live" / Jetstream(fake.url(2)).key / "cursor.json"
    journal.write_text(json.dumps({"cursor": 1_800}))
    fake.history, fake.oldest_seq = history, 2_000
    with fake.running():
        gather(study, fake, 2)

    assert fake.did["refused"] == 1
    assert any("what came between is missing" in said for entry in study.ledgers() for said in entry.assumptions)


def test_a_server_that_says_no_is_quoted(study):
    with FakeJetstream([]).running() as fake, pytest.raises(Failed, match="404: no such stream"):
        collect(study, Jetstream(f"ws://127.0.0.1:{fake.port}/elsewhere"), seconds=5)


def test_a_server_that_is_not_there_is_told_at_the_end(study):
    with pytest.raises(Failed, match="does not answer"):
        collect(study, Jetstream("ws://127.0.0.1:9/subscribe"), seconds=0.3)


def test_two_collections_from_one_server_are_refused(study):
    with FakeJetstream([created(0)]).running() as fake:
        key = Jetstream(fake.url()).key
        with locked(study.folder / "live" / f"{key}.lock", "x"), pytest.raises(WrongUse, match="Another program"):
            gather(study, fake)


@dataclass
class Told:
    """What two collections left behind, the first of which was killed."""

    acknowledged: set[str]
    """Ids of the posts that were on the disk when the first one was killed."""
    received: int
    """By the second one."""
    peaks: tuple[list[tuple[int, int]], list[tuple[int, int]]]
    """(events received, most memory so far in MB), as each of the two went."""


def killed_and_restarted(study, fake, *, lines, last, kill_after):
    """Run a collection in a process, kill it once so many posts were sent, and run it again to the last event.

    The server then forgets what lies more than its own rewind behind what was acknowledged: what the killed collection
    had on the disk is there afterwards only if the disk kept it.
    """
    peaks = [study.folder.parent / name for name in ("first.txt", "second.txt")]
    command = [sys.executable, "-c", RUN, str(study.folder), fake.url(), str(lines), str(last)]
    first = subprocess.Popen([*command, str(peaks[0])])
    while fake.did["sent"] < kill_after:
        assert first.poll() is None
        time.sleep(0.05)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    held = [line for path in journals(study) for line in path.read_text().splitlines(keepends=True)]
    for path in study.raw.glob("[0-9a-f]*.zst"):
        with unpacked(path) as source:
            held += source.read().decode().splitlines(keepends=True)
    events = [json.loads(line) for line in held if line.endswith("}\n") and not line.startswith('{"removed"')]
    newest = max(event["time_us"] for event in events)
    fake.history = [event for event in fake.history if event["time_us"] >= newest - REWIND[1]]
    second = subprocess.run([*command, str(peaks[1])], capture_output=True, text=True, check=True)
    return Told(
        acknowledged={uri(int(event["commit"]["rkey"][1:])) for event in events},
        received=json.loads(second.stdout)["received"],
        peaks=tuple([tuple(map(int, line.split())) for line in path.read_text().splitlines()] for path in peaks),
    )


RUN = """
import json, resource, sys
from pathlib import Path
from groundswell.collect.collector import Rotation, collect
from groundswell.collect.jetstream import Jetstream
from groundswell.store.study import Study
folder, url, lines, last, peaks = sys.argv[1:]
told = open(peaks, "w", buffering=1)
def report(done):
    print(done.received, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=told)
done = collect(
    Study.open(Path(folder)), Jetstream(url), seconds=300, rotation=Rotation(lines=int(lines)),
    until=lambda done: done.time_us == int(last), report=report,
)
print(json.dumps({"received": done.received, "posts": done.posts}))
"""


def test_a_kill_in_the_middle_loses_nothing_and_repeats_nothing(study):
    history = [created(n, step_us=10_000) for n in range(6_000)]  # 200 are asked for again after each break
    mischief = Mischief(rate=1_500, drop_after=(400, 900, 900, 900), repeats=0.02)
    with FakeJetstream(history, mischief).running() as fake:
        told = killed_and_restarted(study, fake, lines=1_000, last=history[-1]["time_us"], kill_after=2_500)

    assert len(fake.asked) > 3
    assert fake.did["repeated"] > 0
    assert len(told.acknowledged) > 1_000
    assert posts(study) == sorted((uri(n),) for n in range(6_000))


@pytest.mark.slow
def test_two_thousand_events_a_second_for_a_minute_with_ten_breaks_and_a_kill(study):
    """The promise in numbers: nothing acknowledged is lost, nothing is there twice, memory is flat in both."""
    history = [created(n) for n in range(120_000)]
    mischief = Mischief(rate=2_000, drop_after=(10_000,) * 11, repeats=0.02)
    began = time.monotonic()
    with FakeJetstream(history, mischief).running() as fake:
        told = killed_and_restarted(study, fake, lines=10_000, last=history[-1]["time_us"], kill_after=80_000)
    there = {post_id for (post_id,) in posts(study)}
    flat = []
    for peaks in told.peaks:
        third, last = (next(mb for n, mb in peaks if n >= peaks[-1][0] * part) for part in (1 / 3, 0.99))
        flat.append((third, last))
    sys.stdout.write(
        f"{fake.did['sent']:,} events sent in {time.monotonic() - began:.0f} s, {fake.did['repeated']:,} of them twice;"
        f" {fake.did['dropped']} breaks; {len(told.acknowledged):,} posts acknowledged before the kill,"
        f" {len(told.acknowledged - there):,} of them lost; {len(there):,} posts in the end;"
        f" memory at a third and at the end: {flat[0]} MB, {flat[1]} MB\n"
    )

    assert fake.did["dropped"] >= 10
    assert fake.did["repeated"] > 2_000
    assert len(told.acknowledged) > 40_000
    assert told.acknowledged <= there
    assert posts(study) == sorted((uri(n),) for n in range(120_000))
    assert all(last < 1.15 * third for third, last in flat)


def test_while_sealing_takes_its_time_the_server_waits(study, monkeypatch):
    """Back-pressure: one journal fills while another is sealed, and beyond that nothing is received."""
    history = [created(n, text="long " * 20_000) for n in range(400)]
    go_on, sealed, most = threading.Event(), [], []

    def slowly(*asked):
        sealed.append(asked)
        assert go_on.wait(30)
        return seal(*asked)

    monkeypatch.setattr(collector, "seal", slowly)

    def watch(done):
        if sealed and len(most) < 40:  # 0.8 s of a stuck disk
            most.append((done.received, fake.did["sent"]))
        elif sealed:
            go_on.set()
        return done.time_us == history[-1]["time_us"]

    with FakeJetstream(history).running() as fake:
        collect(study, Jetstream(fake.url()), seconds=40, rotation=Rotation(lines=50), seed=1, until=watch)

    assert max(received for received, _ in most) <= 100
    assert max(sent for _, sent in most) < 400
    assert len(posts(study)) == 400


def test_a_quiet_stream_is_sealed_by_the_clock(study):
    history = [created(n) for n in range(60)]
    with FakeJetstream(history, Mischief(rate=40)).running() as fake:
        done = gather(study, fake, rotation=Rotation(seconds=0.3))

    assert done.files >= 3
    assert len(posts(study)) == 60
