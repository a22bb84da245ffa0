"""Jetstream: the address asked, what a message says, and what hostile messages do."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from groundswell.collect import wire
from groundswell.collect.event import Lost
from groundswell.collect.jetstream import Jetstream
from groundswell.collect.wanted import Wanted
from groundswell.errors import WrongUse
from tests.collect.fake_jetstream import V2, account_gone, as_version_2, created, deleted

V1_ADDRESS, V2_ADDRESS = "ws://127.0.0.1:1/subscribe", f"ws://127.0.0.1:1{V2}"


def asked(source, cursor):
    return parse_qs(urlsplit(source.query(cursor)).query)


def test_each_version_is_asked_in_its_own_words():
    wanted = Wanted.of(account_ids=["did:plc:ana"])

    assert asked(Jetstream(V1_ADDRESS, wanted), 7)["wantedDids"] == ["did:plc:ana"]
    assert asked(Jetstream(V2_ADDRESS, wanted), 7)["dids"] == ["did:plc:ana"]
    assert "wantedCollections" not in asked(Jetstream(V2_ADDRESS), None)
    assert "cursor" not in asked(Jetstream(V1_ADDRESS), None)


def test_many_accounts_are_picked_out_here():
    wanted = Wanted.of(account_ids=[f"did:plc:{n}" for n in range(101)])

    assert "wantedDids" not in asked(Jetstream(V1_ADDRESS, wanted), None)


def test_a_cursor_belongs_to_one_address_and_version():
    keys = {Jetstream(address).key for address in (V1_ADDRESS, V2_ADDRESS, "ws://127.0.0.1:2", "ws://127.0.0.1:2/")}

    assert len(keys) == 3


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Jetstream("https://bsky.example"), "not the address of a Jetstream"),
        (lambda: Jetstream(V1_ADDRESS, Wanted.of(account_ids=["ana.example"])), "not a DID"),
        (lambda: Jetstream(V1_ADDRESS, zstd=True), "need its dictionary"),
    ],
)
def test_what_can_not_be_right_is_refused_before_anything_is_opened(make, says):
    with pytest.raises(WrongUse, match=says):
        make()


@pytest.mark.parametrize("event", [created(1), deleted(2, 1), account_gone(3, "did:plc:ben")])
def test_both_versions_say_the_same(event):
    one = Jetstream(V1_ADDRESS).event(json.dumps(event))
    two = Jetstream(V2_ADDRESS).event(json.dumps(as_version_2(event, 9)))

    assert (one.time_us, one.deletion) == (two.time_us, two.deletion)
    assert (one.cursor, two.cursor) == (event["time_us"], 9)


def test_an_account_that_is_only_suspended_keeps_its_posts():
    event = account_gone(3, "did:plc:ben")
    event["account"]["status"] = "suspended"

    assert Jetstream(V1_ADDRESS).event(json.dumps(event)).deletion is None


def test_a_notice_of_the_server_becomes_a_remark_and_an_error_ends_the_connection():
    source = Jetstream(V2_ADDRESS)
    notice = {"$type": "message", "payload": {"$type": "x#info", "name": "OutdatedCursor", "message": "from\n7"}}

    assert source.event(json.dumps(notice)).remark == "The server says: OutdatedCursor from 7."
    with pytest.raises(Lost, match="ConsumerTooSlow"):
        source.event(json.dumps({"$type": "error", "error": "ConsumerTooSlow", "message": "x"}))


@pytest.mark.parametrize(
    "message", ["", "{", "[1, 2]", "7", '{"did": 7}', '{"time_us": true}', "[" * 100_000, "a\nb\rc"]
)
@pytest.mark.parametrize("address", [V1_ADDRESS, V2_ADDRESS])
def test_what_is_no_event_is_one_line_for_the_ledger(address, message):
    event = Jetstream(address, Wanted.of(["gate"])).event(message)

    assert event.cursor is None
    assert event.deletion is None
    assert "\n" not in (event.line or "")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(
            ["did", "time_us", "kind", "commit", "account", "payload", "$type", "seq", "time", "operation"]
        ),
        json_values,
    )
)
def test_no_object_breaks_it(record):
    for address in (V1_ADDRESS, V2_ADDRESS):
        event = Jetstream(address, Wanted.of(["gate"])).event(json.dumps(record).replace('"error"', '"x"'))

        assert event.line is None or len(event.line.splitlines()) <= 1 or "\n" not in event.line


def test_a_message_that_unpacks_to_too_much_is_not_unpacked(tmp_path):
    dictionary = zstandard.train_dictionary(4_096, [json.dumps(created(n)).encode() for n in range(500)])
    (tmp_path / "dictionary").write_bytes(dictionary.as_bytes())
    source = Jetstream(V1_ADDRESS, zstd=True, dictionary=tmp_path / "dictionary")
    bomb = zstandard.ZstdCompressor(dict_data=dictionary).compress(b"a" * (4 * wire.LARGEST_MESSAGE))
    event = source.event(source._unpacked(bomb))

    assert len(event.line or "") < 100_000
