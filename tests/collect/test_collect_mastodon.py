"""Collecting from a Mastodon server: what was missed is fetched, what is taken back goes, consent is asked."""

from __future__ import annotations

import json

import pytest

from groundswell.collect.collector import Rotation, collect
from groundswell.collect.journal import Journal
from groundswell.collect.mastodon import NOT_PUBLIC, OPTED_OUT, Mastodon
from groundswell.collect.sealing import stream_folder
from groundswell.collect.wanted import Wanted
from groundswell.errors import WrongUse
from tests.collect.fake_mastodon import FIRST_ID, FakeMastodon, status
from tests.collect.studies import journals, left_out, posts, raw

SCHEMES = pytest.mark.parametrize("scheme", ["http", "ws"])


def updates(*numbers, **more):
    return [("update", status(n, **more)) for n in numbers]


def uris(*numbers, account="ana"):
    return sorted((f"https://example.social/users/{account}/statuses/{n}",) for n in numbers)


def all_of(fake):
    """Enough when everything happened and arrived."""
    ids = [int(what["id"]) for name, what in fake.script if name == "update" and isinstance(what, dict)]
    deletions = sum(name == "delete" for name, _ in fake.script)
    return lambda done: fake.over and (done.cursor or 0) >= max(ids) and done.deletions >= deletions


def gather(study, fake, scheme="http", *, wanted=None, token=None, **options):
    source = Mastodon(fake.url(scheme), wanted, token=token)
    if scheme == "ws":  # one server on two ports
        source._http = fake.url("http")
    return collect(study, source, seconds=30, seed=1, until=all_of(fake), **options)


@SCHEMES
def test_what_happened_while_there_was_no_connection_is_fetched(study, scheme):
    script = [*updates(*range(5)), ("drop", 3), *updates(*range(5, 12)), ("drop", 0), *updates(*range(12, 15))]
    with FakeMastodon(script).running() as fake:
        done = gather(study, fake, scheme)

    assert posts(study) == uris(*range(15))
    assert fake.did["dropped"] == 2
    assert done.repeated == done.received - 15


def test_hundreds_of_missed_posts_are_fetched_page_by_page(study):
    script = [*updates(0), ("drop", 200), *updates(*range(1, 202))]
    with FakeMastodon(script).running() as fake:
        gather(study, fake, rotation=Rotation(lines=50))

    assert posts(study) == uris(*range(202))
    assert sum("timelines" in target for target in fake.asked) > 5


def test_the_next_collection_fetches_what_came_between(study):
    fake = FakeMastodon([*updates(0, 1)])
    with fake.running():
        gather(study, fake)
    port = fake.port
    fake.script += [("drop", 2), *updates(2, 3, 4)]
    with fake.running():
        source = Mastodon(f"http://127.0.0.1:{port}")
        source._http = fake.url("http")
        collect(study, source, seconds=30, until=all_of(fake))

    assert posts(study) == uris(0, 1, 2, 3, 4)


@SCHEMES
def test_a_deletion_by_the_servers_number_takes_the_words_back(study, scheme):
    script = [*updates(0, 1, content="<p>regretted words</p>"), *updates(2), ("delete", str(FIRST_ID)), *updates(3)]
    with FakeMastodon(script).running() as fake:
        done = gather(study, fake, scheme)

    assert done.tombstones == 1
    assert [text for (text,) in posts(study, "text")] == [None, "regretted words", "post 2", "post 3"]
    assert raw(study).count("regretted") == 1


def test_a_deletion_reaches_a_post_of_an_earlier_file(study):
    script = [*updates(0, content="<p>regretted words</p>"), *updates(1, 2), ("delete", str(FIRST_ID))]
    with FakeMastodon(script).running() as fake:
        gather(study, fake, rotation=Rotation(lines=2))

    assert len(study.ledgers()) == 2
    assert posts(study, "text")[0] == (None,)
    assert "regretted" not in raw(study)


@SCHEMES
def test_an_edit_is_counted_and_the_last_version_stays(study, scheme):
    edited = status(0, content="<p>other words</p>", edited_at="2024-05-01T11:00:00.000Z")
    script = [*updates(0, content="<p>first words</p>"), *updates(1), ("status.update", edited), *updates(2)]
    with FakeMastodon(script).running() as fake:
        done = gather(study, fake, scheme)
    (entry,) = study.ledgers()

    assert [text for (text,) in posts(study, "text")] == ["other words", "post 1", "post 2"]
    assert (done.edits, done.repeated) == (1, 0)
    assert entry.assumptions[-1] == (
        "Of 4 events received, 1 were edits of posts: of each post the last version that arrived counts."
    )
    assert (entry.rows, entry.posts, entry.other_records) == (4, 3, {"earlier version of a post": 1})
    assert "first words" not in raw(study)


def test_an_edit_of_a_post_that_never_arrived_is_a_post(study):
    with FakeMastodon([("status.update", status(0)), *updates(1)]).running() as fake:
        gather(study, fake)

    assert posts(study) == uris(0, 1)


@SCHEMES
def test_lines_that_a_killed_collector_left_are_sealed_and_what_came_after_is_fetched(study, scheme):
    """The server forgets what the killed collection had: it is there only if the disk kept it."""
    fake = FakeMastodon([*updates(*range(8))])
    with fake.running():
        source = Mastodon(fake.url(scheme))
        journal = Journal(stream_folder(study, source), "mastodon-20240501T100000Z")
        for n in range(4):
            journal.add(json.dumps(status(n)))
        journal.seal()
        fake._happened = [status(4), status(5)]
        fake.script = updates(6, 7)
        source._http = fake.url("http")
        collect(study, source, seconds=30, seed=1, until=all_of(fake))

    assert posts(study) == uris(*range(8))
    assert not journals(study)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"visibility": "private"}, NOT_PUBLIC),
        ({"visibility": "direct"}, NOT_PUBLIC),
        ({"about": {"noindex": True}}, OPTED_OUT),
        ({"about": {"indexable": False}}, OPTED_OUT),
        ({"reblog": status(9, about={"indexable": False})}, OPTED_OUT),
    ],
)
def test_without_consent_nothing_is_kept_but_the_count(study, more, reason):
    with FakeMastodon([*updates(0), *updates(1, content="<p>not for you</p>", **more)]).running() as fake:
        done = gather(study, fake)
    (entry,) = study.ledgers()

    assert posts(study) == uris(0)
    assert done.not_kept == {reason: 1}
    assert entry.assumptions[-1] == f"Of 2 events received, 1 were not kept: {reason}."
    assert "not for you" not in raw(study)


def test_a_server_that_tells_no_flags_is_no_refusal(study):
    script = updates(0, visibility="unlisted", about={"indexable": None})
    with FakeMastodon(script).running() as fake:
        gather(study, fake)

    assert posts(study) == uris(0)


def test_broken_events_are_counted_and_the_rest_goes_on(study):
    script = [*updates(0), ("update", '{"id": "1", "uri"'), ("filters_changed", "x"), ("update", "[]"), *updates(1)]
    with FakeMastodon(script).running() as fake:
        gather(study, fake)

    assert posts(study) == uris(0, 1)
    assert left_out(study) == {"JSON without the keys of this format": 2}


def test_one_hashtag_has_its_own_stream_and_several_are_picked_out(study):
    script = [*updates(0), *updates(1, tag="other"), *updates(2, tag="third")]
    with FakeMastodon(script).running() as fake:
        gather(study, fake, wanted=Wanted.of(["OpenGate", "third"]))

    assert posts(study) == uris(0, 2)
    assert fake.asked[0] == "/api/v1/streaming/public"
    assert Mastodon("https://example.social", Wanted.of(["#OpenGate"])).key != Mastodon("https://example.social").key


def test_accounts_are_known_by_what_the_app_shows_or_by_address(study):
    script = [*updates(0), *updates(1, account="ben"), *updates(2, account="cat")]
    with FakeMastodon(script).running() as fake:
        gather(study, fake, wanted=Wanted.of(account_ids=["ben", "https://example.social/users/cat"]))

    assert posts(study) == sorted(uris(1, account="ben") + uris(2, account="cat"))


@SCHEMES
def test_the_token_goes_to_the_server_and_nowhere_else(study, scheme):
    with FakeMastodon([*updates(0)]).running() as fake:
        gather(study, fake, scheme, token="secret-word")

    assert fake.tokens == {"secret-word"}
    assert not [path for path in study.folder.rglob("*") if path.is_file() and b"secret-word" in path.read_bytes()]


def test_an_address_that_is_none_is_refused():
    with pytest.raises(WrongUse, match="not the address of a Mastodon server"):
        Mastodon("ftp://example.social")
