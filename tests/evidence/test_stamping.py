"""stamping: a token of a local authority holds, a changed one says nothing else; one that is down is asked later."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from groundswell.errors import WrongUse
from groundswell.evidence import stamp_token
from groundswell.evidence.authority import add_authority, authorities
from groundswell.evidence.capture import capture
from groundswell.evidence.log import FIRST, LOG, Act, folder_of, line_of, read_log
from groundswell.evidence.stamp_token import NotAStamp, check, request_for
from groundswell.evidence.stamping import stamp, waiting
from groundswell.evidence.verify import verify
from tests.evidence.conftest import HAND, LOOPBACK
from tests.evidence.servers import answer_of, make_authority, stamps_at

MESSAGE = b"a line of a log"
NONCE = 2**63 + 7


def nonce():
    return NONCE


def hash_of_line(line):
    return sha256(line.encode()).hexdigest()


def name(study, web, authority, what="first"):
    """Make an authority known to a study."""
    stamps_at(web, f"/{what}", authority)
    add_authority(study, HAND, name=what, url=f"{web.url}/{what}", roots=authority / "ca.pem")


@pytest.fixture(scope="module")
def token(authority):
    """(answer, question, trusted root) over `MESSAGE`."""
    question = request_for(MESSAGE, nonce=NONCE)
    return answer_of(authority, question), question, (authority / "ca.pem").read_bytes()


def test_a_token_of_the_authority_holds_and_tells_the_time(token):
    answer, question, roots = token
    found = check(answer, question, MESSAGE, roots)

    assert abs(found.time - datetime.now(UTC)) < timedelta(hours=1)
    assert (found.policy, found.signed_by) == ("1.2.3.4.1", "CN=Authority")


def test_it_holds_for_these_bytes_only(token):
    answer, question, roots = token
    with pytest.raises(NotAStamp, match="over other bytes"):
        check(answer, question, MESSAGE + b".", roots)


def test_it_holds_for_this_question_only(token):
    answer, _, roots = token
    with pytest.raises(NotAStamp, match="another question"):
        check(answer, request_for(MESSAGE, nonce=NONCE + 1), MESSAGE, roots)


def test_no_changed_byte_makes_it_say_anything_else(token):
    """Some bytes are signed by nobody, such as certificates that are not needed; changing them changes no word."""
    answer, question, roots = token
    told, refused = check(answer, question, MESSAGE, roots), 0
    places = range(0, len(answer), 11)
    for at in places:
        changed = answer[:at] + bytes([answer[at] ^ 1 << at % 8]) + answer[at + 1 :]
        try:
            assert check(changed, question, MESSAGE, roots) == told, at
        except NotAStamp:
            refused += 1

    assert refused > len(places) / 2


@pytest.mark.parametrize("part", ["time", "hash", "signature"])
def test_a_token_changed_where_it_counts_does_not_hold(token, part):
    from asn1crypto import tsp

    answer, question, roots = token
    signed = tsp.TimeStampResp.load(answer)["time_stamp_token"]["content"]
    info = signed["encap_content_info"]["content"].parsed
    piece = {
        "time": info["gen_time"].contents,
        "hash": info["message_imprint"]["hashed_message"].native,
        "signature": signed["signer_infos"][0]["signature"].native,
    }[part]
    at = answer.index(piece) + len(piece) - 2
    with pytest.raises(NotAStamp):
        check(answer[:at] + bytes([answer[at] ^ 1]) + answer[at + 1 :], question, MESSAGE, roots)


@pytest.mark.parametrize("answer", [b"", b"\x00", b"0\x80", b"hello", b"\x30\x84\xff\xff\xff\xff"])
def test_what_is_no_token_is_said_to_be_none(token, answer):
    with pytest.raises(NotAStamp, match="can't be read"):
        check(answer, token[1], MESSAGE, token[2])


def test_a_root_that_nobody_trusts_does_not_do(token, tmp_path):
    other = make_authority(tmp_path / "other")
    with pytest.raises(NotAStamp, match="no chain"):
        check(token[0], token[1], MESSAGE, other.read_bytes())


@pytest.mark.parametrize(("kind", "ess"), [("ec", "sha256"), ("rsa", "sha1"), ("rsa", "sha512")])
def test_other_keys_and_hashes_hold_too(tmp_path, kind, ess):
    root = make_authority(tmp_path / "one", kind=kind, ess=ess)
    question = request_for(MESSAGE, nonce=1)

    assert check(answer_of(tmp_path / "one", question), question, MESSAGE, root.read_bytes()).serial >= 1


def test_a_certificate_for_other_things_too_does_not_do(authority, tmp_path):
    """No authority can be made to stamp with one here, so the check is asked directly."""
    from cryptography import x509

    make_authority(tmp_path / "loose", extensions="loose")
    certificate = x509.load_pem_x509_certificate((tmp_path / "loose" / "tsa.pem").read_bytes())
    with pytest.raises(NotAStamp, match="alone"):
        stamp_token._check_purpose(certificate)


def test_a_capture_is_stamped_and_the_stamp_verifies(study, web, authority):
    name(study, web, authority)
    capture(study, f"{web.url}/post/1", HAND, LOOPBACK)
    (asked,) = stamp(study, HAND, LOOPBACK, nonce=nonce)

    assert (asked.trouble, asked.covered) == (None, 1)
    found = verify(study)
    assert (found.stamps, found.stamps_checked, found.problems) == (1, 1, ())
    assert [one.entries for one in found.waiting] == [0]


def test_the_same_entry_is_not_stamped_twice(study, web, authority):
    name(study, web, authority)
    capture(study, f"{web.url}/post/1", HAND, LOOPBACK)
    stamp(study, HAND, LOOPBACK, nonce=nonce)

    assert stamp(study, HAND, LOOPBACK, nonce=nonce) == ()


def test_an_authority_that_is_down_is_asked_again_and_the_other_is_not_kept_waiting(study, web, authority):
    name(study, web, authority)
    add_authority(study, HAND, name="second", url=f"{web.url}/second", roots=authority / "ca.pem")
    for number in range(3):
        capture(study, f"{web.url}/post/1?{number}", HAND, LOOPBACK, media=False)
    asked = stamp(study, HAND, LOOPBACK, nonce=nonce)

    assert [(one.authority, one.covered, one.trouble) for one in asked] == [
        ("first", 3, None),
        ("second", 0, "its server answers 404"),
    ]
    assert [(one.authority, one.entries, one.of) for one in waiting(study)] == [("first", 0, 3), ("second", 3, 3)]
    assert verify(study).holds

    stamps_at(web, "/second", authority)
    (asked_again,) = stamp(study, HAND, LOOPBACK, nonce=nonce)
    assert (asked_again.authority, asked_again.covered) == ("second", 3)
    assert [one.entries for one in waiting(study)] == [0, 0]


def test_an_answer_to_another_question_is_not_kept(study, web, authority):
    name(study, web, authority)
    capture(study, f"{web.url}/post/1", HAND, LOOPBACK, media=False)
    old = answer_of(authority, request_for(b"older", nonce=3))
    web.pages["/first"] = (200, {}, old)
    (asked,) = stamp(study, HAND, LOOPBACK, nonce=nonce)

    assert asked.trouble == "it is over other bytes"
    assert verify(study).stamps == 0


def test_a_retired_authority_is_asked_no_more_and_its_stamps_still_hold(study, web, authority):
    name(study, web, authority)
    capture(study, f"{web.url}/post/1", HAND, LOOPBACK, media=False)
    stamp(study, HAND, LOOPBACK, nonce=nonce)
    add_authority(study, HAND, name="first", retired=True)

    assert waiting(study) == ()
    assert [one.retired for one in authorities(study)] == [True]
    assert verify(study).stamps_checked == 1


def test_a_log_rewritten_after_the_stamp_holds_together_and_the_stamp_does_not(study, web, authority):
    """Whoever holds the disk can make new lines that follow one another; not a stamp from back then."""
    name(study, web, authority)
    capture(study, f"{web.url}/post/1", HAND, LOOPBACK, media=False)
    stamp(study, HAND, LOOPBACK, nonce=nonce)
    lines: list[str] = []
    for entry in read_log(folder_of(study))[0]:
        act = Act(**{one.name: getattr(entry, one.name) for one in fields(Act)})
        if act.what == "stamp":
            act = replace(act, inputs={"entry": hash_of_line(lines[int(act.about["entry"]) - 1])})
        previous = hash_of_line(lines[-1]) if lines else FIRST
        lines.append(line_of(replace(act, who="ben"), entry.n, previous))
    (folder_of(study) / LOG).write_text("\n".join(lines) + "\n")

    assert read_log(folder_of(study))[1] is None
    (problem,) = verify(study).problems
    assert "its time stamp fails: it is over other bytes" in problem.what


def test_a_clock_that_is_ahead_is_noted(study, web, authority):
    name(study, web, authority)
    ahead = replace(HAND, at=datetime.now(UTC) + timedelta(days=2))
    capture(study, f"{web.url}/post/1", ahead, LOOPBACK, media=False)
    stamp(study, HAND, LOOPBACK, nonce=nonce)
    found = verify(study)

    assert found.holds
    assert any("was ahead" in note for note in found.notes)
    assert any("set back" in note for note in found.notes)


def test_an_authority_needs_certificates(study, tmp_path):
    (tmp_path / "roots.pem").write_text("nothing")
    with pytest.raises(WrongUse, match="holds no certificate"):
        add_authority(study, HAND, name="first", url="https://stamp.example/", roots=tmp_path / "roots.pem")
    with pytest.raises(WrongUse, match="are needed"):
        add_authority(study, HAND, name="first")
    with pytest.raises(WrongUse, match="no name for an authority"):
        add_authority(study, HAND, name="../first", url="https://stamp.example/", roots=tmp_path / "roots.pem")


def test_new_roots_stand_beside_the_old_ones_so_that_older_stamps_still_hold(study, web, authority, tmp_path):
    name(study, web, authority)
    capture(study, f"{web.url}/post/1", HAND, LOOPBACK, media=False)
    stamp(study, HAND, LOOPBACK, nonce=nonce)
    other = make_authority(tmp_path / "other", kind="ec")
    stamps_at(web, "/first", tmp_path / "other")
    for _ in range(2):
        add_authority(study, HAND, name="first", roots=other)
    capture(study, f"{web.url}/post/1?later", HAND, LOOPBACK, media=False)
    stamp(study, HAND, LOOPBACK, nonce=nonce)

    assert verify(study).stamps_checked == 2
    assert authorities(study)[0].roots.count(b"BEGIN CERTIFICATE") == 2
