"""verify: one flipped byte anywhere in captures, log and sealed study is found; what is whole is said to be whole."""

from __future__ import annotations

import random

import pytest

from groundswell.errors import NothingToDo, WrongUse
from groundswell.evidence.capture import capture
from groundswell.evidence.log import folder_of
from groundswell.evidence.seal import seal
from groundswell.evidence.stamping import stamp
from groundswell.evidence.tombstone import delete_capture
from groundswell.evidence.verify import verify
from groundswell.pipeline import purge
from tests.evidence.conftest import HAND, LOOPBACK, NOON
from tests.evidence.test_stamping import name, nonce


@pytest.fixture
def kept(full_study, web, authority):
    """A study with data, a seal, captures, a stamp and a tombstone."""
    name(full_study, web, authority)
    capture(full_study, f"{web.url}/post/1", HAND, LOOPBACK)
    gone = capture(full_study, f"{web.url}/post/1?again", HAND, LOOPBACK)
    seal(full_study, HAND)
    delete_capture(full_study, gone.capture, HAND)
    stamp(full_study, HAND, LOOPBACK, nonce=nonce)
    return full_study


def covered(study):
    """Every file that a hash vouches for."""
    evidence = [path for path in folder_of(study).rglob("*") if path.is_file() and path.name != ".lock"]
    own = [study.folder / name for name in ("raw", "posts", "accounts", "ledger")]
    held = [path for folder in own for path in folder.glob("*")]
    return sorted([*evidence, *held, study.folder / "study.toml", study.folder / "pseudonym.key"])


def flip(path, at, bit):
    content = bytearray(path.read_bytes())
    content[at] ^= 1 << bit
    path.write_bytes(content)


def test_what_nobody_touched_holds(kept):
    found = verify(kept)

    assert found.problems == ()
    assert (found.captures, found.tombstones, found.stamps_checked) == (2, 1, 1)
    assert found.sealed == 6
    assert found.not_sealed == 0


def flips_found(study, n, seed):
    """Flip one bit in each of `n` places drawn over all covered bytes; how many were found, and the places that not."""
    draw, files = random.Random(seed), covered(study)
    sizes = [path.stat().st_size for path in files]
    missed = []
    for _ in range(n):
        (path,) = draw.choices(files, sizes)
        at, bit = draw.randrange(path.stat().st_size), draw.randrange(8)
        flip(path, at, bit)
        if verify(study).holds:
            missed.append((path.name, at, bit))
        flip(path, at, bit)
    return missed


def test_a_flipped_bit_in_every_single_file_is_found(kept):
    for path in covered(kept):
        for at in (0, path.stat().st_size // 2, path.stat().st_size - 1):
            flip(path, at, at % 8)

            assert not verify(kept).holds, (path, at)
            flip(path, at, at % 8)
    assert verify(kept).holds


@pytest.mark.slow
def test_a_thousand_flipped_bits_are_found(kept):
    assert flips_found(kept, 1_000, seed=1) == []


def test_verifying_changes_nothing(kept):
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in kept.folder.rglob("*") if path.is_file()}
    verify(kept)

    assert {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in kept.folder.rglob("*") if p.is_file()} == before


def test_a_file_added_or_taken_away_is_found(kept):
    extra = folder_of(kept) / "captures" / "extra.wacz"
    extra.write_bytes(b"x")
    assert [problem.what for problem in verify(kept).problems] == ["is not in the log"]

    extra.unlink()
    next(path for path in folder_of(kept).rglob("data.wacz")).unlink()
    assert [problem.what for problem in verify(kept).problems] == ["is missing"]


def test_a_sealed_file_that_is_gone_is_found(kept):
    next((kept.folder / "raw").glob("*.zst")).unlink()

    assert [problem.what for problem in verify(kept).problems] == ["was sealed and is missing"]


def test_raw_bytes_that_no_seal_covers_are_held_against_their_name(full_study):
    (raw,) = (full_study.folder / "raw").glob("*.zst")
    assert verify(full_study).holds

    raw.write_bytes(raw.read_bytes()[:-4])
    assert [problem.what for problem in verify(full_study).problems] == ["is not what its name says"]


def test_what_is_not_sealed_is_counted_and_not_called_whole(full_study):
    found = verify(full_study)

    assert (found.sealed, found.not_sealed) == (0, 6)
    assert any("None of the study's own files (6) is sealed" in note for note in found.notes)


def test_a_deletion_that_was_asked_for_is_sealed_with_its_reason(kept):
    from dataclasses import replace

    purge(kept, accounts=["ben"], now=NOON)
    assert not verify(kept).holds
    with pytest.raises(WrongUse, match="sealed files were changed"):
        seal(kept, replace(HAND, why=" "))
    made = seal(kept, replace(HAND, why="asked for by its author"))

    assert made.changed >= 3
    assert verify(kept).holds


def test_an_empty_study_has_nothing_to_seal(study):
    with pytest.raises(NothingToDo, match="no data to seal"):
        seal(study, HAND)


def test_a_deleted_capture_leaves_its_hashes_and_nothing_to_read(kept, web):
    from dataclasses import replace

    made = capture(kept, f"{web.url}/post/1?more", HAND, LOOPBACK, posts=["p-99"])
    with pytest.raises(WrongUse, match="Why it is deleted"):
        delete_capture(kept, made.capture, replace(HAND, why=""))
    delete_capture(kept, made.capture, replace(HAND, why="asked for by its author"))

    place = folder_of(kept) / "captures" / made.capture
    assert [path.name for path in place.iterdir()] == ["tombstone.json"]
    said = (place / "tombstone.json").read_text()
    assert made.sha256 in said
    assert "asked for by its author" in said
    everything = b"".join(path.read_bytes() for path in folder_of(kept).rglob("*") if path.is_file())
    assert b"p-99" not in everything
    assert b"?more" not in everything
    assert verify(kept).holds
    with pytest.raises(WrongUse, match="gone already"):
        delete_capture(kept, made.capture, HAND)


def test_content_that_comes_back_after_its_deletion_is_found(kept, web):
    made = capture(kept, f"{web.url}/post/1?more", HAND, LOOPBACK)
    place = folder_of(kept) / "captures" / made.capture / "data.wacz"
    content = place.read_bytes()
    delete_capture(kept, made.capture, HAND)
    place.write_bytes(content)

    assert [problem.what for problem in verify(kept).problems] == ["is not in the log"]


def test_a_deletion_cut_off_halfway_is_completed(kept, web, monkeypatch):
    from groundswell.evidence import tombstone

    made = capture(kept, f"{web.url}/post/1?more", HAND, LOOPBACK)
    place = folder_of(kept) / "captures" / made.capture

    class Killed(BaseException):
        pass

    def half(folder, paths):
        (place / "data.wacz").unlink()
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(tombstone, "_unlink", half)
        with pytest.raises(Killed):
            delete_capture(kept, made.capture, HAND)
    assert verify(kept).holds
    seal(kept, HAND)

    assert [path.name for path in place.iterdir()] == ["tombstone.json"]
    assert verify(kept).holds
    assert verify(kept).tombstones == 2


def test_a_purge_finds_what_captures_hold_and_deleting_them_completes_it(full_study, web):
    web.html("/of/ben", "<p>Written by @ben</p>")
    made = capture(full_study, f"{web.url}/of/ben", HAND, LOOPBACK)
    first = purge(full_study, accounts=["ben"], now=NOON)
    assert set(first.left) == {f"evidence/captures/{made.capture}/{name}" for name in ("capture.json", "data.wacz")}

    delete_capture(full_study, made.capture, HAND)
    assert purge(full_study, accounts=["ben"], now=NOON).left == ()
    assert verify(full_study).holds
