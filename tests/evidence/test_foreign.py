"""foreign: captures that others made are taken in as they are, and held against the hashes that came with them."""

from __future__ import annotations

import json
import zipfile
from hashlib import sha256

import pytest

from groundswell.errors import UnreadableFile
from groundswell.evidence.capture import capture
from groundswell.evidence.foreign import import_capture, look
from groundswell.evidence.log import folder_of
from groundswell.evidence.verify import verify
from tests.evidence.conftest import HAND, LOOPBACK, PICTURE


@pytest.fixture
def theirs(study, web):
    """A package, as another study would hand it over."""
    made = capture(study, f"{web.url}/post/1", HAND, LOOPBACK)
    return folder_of(study) / "captures" / made.capture / "data.wacz"


@pytest.fixture
def other(tmp_path):
    from groundswell.pipeline import new

    return new(tmp_path / "other.study")


def repacked(path, place, change):
    """The package with one part changed."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(place, "w") as made:
        for part in old.namelist():
            content = change(part, old.read(part))
            if content is not None:
                made.writestr(part, content)
    return place


def test_a_package_is_taken_in_byte_by_byte(other, theirs, web):
    made = import_capture(other, theirs, HAND)

    assert (made.kind, made.n_urls, made.n_kept, made.n_checked, made.n_as_told) == ("wacz", 1, 1, 3, 3)
    assert made.problems == ()
    kept = folder_of(other) / "captures" / made.capture / "data.wacz"
    assert kept.read_bytes() == theirs.read_bytes()
    assert verify(other).holds


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda name, old: old + b"x" if name.startswith("archive/") else old, "not the bytes that the package lists"),
        (lambda name, old: None if name.startswith("indexes/") else old, "listed, and not there"),
        (lambda name, old: None if name == "datapackage-digest.json" else old, "nothing vouches for the list"),
        (lambda name, old: old + b" " if name == "datapackage.json" else old, "is not the one that"),
    ],
)
def test_a_damaged_package_is_taken_in_with_what_is_wrong(other, theirs, tmp_path, change, problem):
    made = import_capture(other, repacked(theirs, tmp_path / "damaged.wacz", change), HAND)

    assert any(problem in one for one in made.problems)
    assert verify(other).holds


def test_a_part_that_the_package_does_not_list_is_named(theirs, tmp_path):
    place = repacked(theirs, tmp_path / "more.wacz", lambda name, old: old)
    with zipfile.ZipFile(place, "a") as packed:
        packed.writestr("../../evil", b"x")

    assert look(place).problems == ("../../evil: not listed",)


@pytest.mark.parametrize("packed", [False, True])
def test_a_warc_file_is_held_against_its_own_digests(other, theirs, tmp_path, web, packed):
    import gzip

    with zipfile.ZipFile(theirs) as package:
        content = package.read("archive/data.warc")
    place = tmp_path / ("a.warc.gz" if packed else "a.warc")
    place.write_bytes(gzip.compress(content) if packed else content)
    if packed:  # a gzip member for each record is the standard; one for all is refused by readers
        place.write_bytes(members(content))
    made = import_capture(other, place, HAND)

    assert (made.kind, made.n_checked, made.n_as_told, made.problems) == (place.name[2:], 3, 3, ())
    assert made.n_urls == 3


def members(content):
    """A gzip member a record, as WARC files are packed."""
    import gzip
    import re

    starts = [found.start() for found in re.finditer(rb"WARC/1\.1\r\n", content)]
    return b"".join(
        gzip.compress(content[one:other]) for one, other in zip(starts, [*starts[1:], len(content)], strict=True)
    )


def test_a_changed_record_of_a_warc_file_is_named(other, theirs, tmp_path):
    with zipfile.ZipFile(theirs) as package:
        content = package.read("archive/data.warc")
    place = tmp_path / "a.warc"
    place.write_bytes(content.replace(PICTURE, PICTURE[:-1] + b"!"))
    made = import_capture(other, place, HAND)

    assert (made.n_checked, made.n_as_told) == (3, 2)
    assert len(made.problems) == 1


SHEET = "Link,Archive status,Archive location,Archive date,Hash\n"


def test_a_sheet_is_held_against_the_files_beside_it(other, tmp_path):
    right, wrong = sha256(b"right").hexdigest(), sha256(b"other").hexdigest()
    (tmp_path / "a.mp4").write_bytes(b"right")
    (tmp_path / "b.mp4").write_bytes(b"wrong")
    (tmp_path / "sheet.csv").write_text(
        SHEET
        + f"https://x.com/ana/status/1,success,https://store.example/x/a.mp4,2024-05-01,SHA-256:{right}\n"
        + f"https://x.com/ana/status/2,success,https://store.example/x/b.mp4,2024-05-01,SHA-256:{wrong}\n"
        + f"https://x.com/ana/status/3,success,https://store.example/x/c.mp4,2024-05-01,SHA-256:{right}\n"
        + "https://x.com/ana/status/4,nothing archived,,2024-05-01,\n"
    )
    made = import_capture(other, tmp_path / "sheet.csv", HAND)

    assert (made.kind, made.n_urls, made.n_kept) == ("sheet", 4, 2)
    assert (made.n_checked, made.n_as_told, made.n_unchecked) == (2, 1, 2)
    assert made.problems == ("row 3: not the bytes that its hash names",)
    record = json.loads((folder_of(other) / "captures" / made.capture / "capture.json").read_bytes())
    assert [one["as_told"] for one in record["asked"]] == [True, False, None, None]
    assert sorted(record["files"]) == ["beside-0001.mp4", "beside-0002.mp4", "sheet.csv"]
    assert verify(other).holds


def test_a_sheet_names_files_beside_it_and_no_others(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "secret").write_text("x")
    sheet = tmp_path / "deep" / "sheet.csv"
    (tmp_path / "deep" / "out").symlink_to(tmp_path / "secret")
    sheet.write_text(
        SHEET
        + "".join(
            f"https://a.example/,ok,{where},,\n" for where in ("../secret", "/etc/passwd", "out", "..", "%2e%2e/secret")
        )
    )

    assert look(sheet).beside == {}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.wacz", b"not a zip"),
        ("a.warc", b"not a warc\n\n"),
        ("a.warc.gz", b"\x1f\x8b broken"),
        ("a.csv", b"a,b\n1,2\n"),
        ("a.txt", b"hello"),
    ],
)
def test_what_can_be_nothing_of_the_kind_is_said_to_be_none(other, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableFile):
        import_capture(other, tmp_path / name, HAND)

    assert not folder_of(other).exists()


def test_a_package_that_asks_for_too_much_is_refused(tmp_path, monkeypatch, theirs):
    from groundswell.evidence import wacz

    monkeypatch.setattr(wacz, "MOST_BYTES", 100)
    with pytest.raises(UnreadableFile, match="more than"):
        look(theirs)


def test_a_list_that_names_one_part_a_million_times_is_read_once(theirs, tmp_path, monkeypatch):
    from groundswell.evidence import wacz

    def repeated(name, old):
        if name != "datapackage.json":
            return old
        package = json.loads(old)
        package["resources"] *= 1_000
        return json.dumps(package).encode()

    read = []
    monkeypatch.setattr(wacz, "_hash", lambda packed, name: read.append(name) or "")
    look(repacked(theirs, tmp_path / "million.wacz", repeated))

    assert len(read) == 3
