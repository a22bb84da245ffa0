"""survey: what a file is before its first row, and a sentence where it is nothing to read."""

from __future__ import annotations

import gzip
import hashlib
import os
from contextlib import suppress

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from groundswell.errors import GroundswellError, UnreadableFile, WrongUse
from groundswell.read.survey import Limits, survey, text_of

TABLE = "account_id,time\nana,2024-05-01T10:00:00Z\n"


def text(path, **options):
    with text_of(survey(path, **options)) as (stream, _):
        return stream.read()


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress], ids=["plain", "gzip", "zstd"])
def test_the_hash_is_of_the_bytes_on_disk_and_the_text_is_unpacked(tmp_path, pack):
    path = tmp_path / "no-ending"
    packed = pack(TABLE.encode())
    path.write_bytes(packed)

    assert survey(path).sha256 == hashlib.sha256(packed).hexdigest()
    assert survey(path).n_bytes == len(packed)
    assert text(path) == TABLE


def test_several_packed_parts_in_one_file_are_read_as_one(tmp_path):
    path = tmp_path / "parts"
    for pack in (gzip.compress, zstandard.compress):
        path.write_bytes(pack(b"account_id,") + pack(b"time\n"))

        assert text(path) == "account_id,time\n"


@pytest.mark.parametrize(
    ("encoding", "sentence"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_the_encoding_is_found_and_said_where_it_is_unusual(tmp_path, encoding, sentence):
    path = tmp_path / "posts"
    written = "account_id,time,text\nana,2024-05-01,„Grüße“ à bientôt\n"
    path.write_bytes(written.encode(encoding))
    notes = survey(path).notes

    assert text(path) == written
    assert [sentence in note for note in notes] == ([True] if sentence else [])


def test_one_wrong_byte_in_utf8_does_not_make_it_windows_1252(tmp_path):
    path = tmp_path / "posts"
    path.write_bytes("äöü€ Ελλάδα ".encode() * 3 + b"\xff")

    assert survey(path).encoding == "utf-8"
    assert "1 place" in survey(path).notes[0]
    assert text(path).endswith("\ufffd")


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress], ids=["gzip", "zstd"])
def test_a_packed_file_that_breaks_off_is_refused_before_its_first_row(tmp_path, pack):
    path = tmp_path / "posts"
    path.write_bytes(pack(os.urandom(50_000).hex().encode())[:-20])

    with pytest.raises(UnreadableFile, match="damaged or breaks off"):
        survey(path)


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress], ids=["gzip", "zstd"])
def test_a_bomb_is_refused_and_the_error_says_what_to_do(tmp_path, pack):
    path = tmp_path / "bomb"
    path.write_bytes(pack(b"0" * 5_000_000))

    with pytest.raises(UnreadableFile, match="far more than a file of posts") as caught:
        survey(path, Limits(ratio_from_bytes=1_000_000))

    assert "unpack it yourself" in str(caught.value)


def test_more_than_the_limit_is_refused_whatever_the_ratio(tmp_path):
    path = tmp_path / "large"
    path.write_bytes(gzip.compress(os.urandom(100_000)))

    with pytest.raises(UnreadableFile, match="there was no end yet"):
        survey(path, Limits(unpacked_bytes=50_000))


def test_a_zstd_file_that_asks_for_much_memory_is_refused(tmp_path):
    parameters = zstandard.ZstdCompressionParameters(window_log=24, enable_ldm=True)
    path = tmp_path / "dump"
    path.write_bytes(zstandard.ZstdCompressor(compression_params=parameters).compress(os.urandom(1 << 24)))

    with pytest.raises(UnreadableFile, match="more memory than is allowed"):
        survey(path, Limits(window_bytes=1 << 20))


def test_an_empty_file_a_folder_and_no_file_are_told_apart(tmp_path):
    (tmp_path / "empty").write_bytes(b"")

    with pytest.raises(UnreadableFile, match="the file is empty") as empty:
        survey(tmp_path / "empty")
    with pytest.raises(WrongUse, match="is a folder") as folder:
        survey(tmp_path)
    with pytest.raises(WrongUse, match="There is no file") as missing:
        survey(tmp_path / "nowhere" / "posts.csv")

    assert [caught.value.exit_code for caught in (empty, folder, missing)] == [1, 2, 2]


def test_an_empty_file_inside_a_packing_is_empty_too(tmp_path):
    path = tmp_path / "empty.gz"
    path.write_bytes(gzip.compress(b""))

    with pytest.raises(UnreadableFile, match="nothing inside"):
        survey(path)


@pytest.mark.parametrize(
    ("begins", "word"),
    [
        (b"PK\x03\x04rest", "zip"),
        (b"%PDF-1.7", "PDF"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"\x89PNG\r\n", "picture"),
    ],
)
def test_other_kinds_of_files_are_called_by_their_name(tmp_path, begins, word):
    (tmp_path / "posts.csv").write_bytes(begins)

    with pytest.raises(UnreadableFile, match=word):
        survey(tmp_path / "posts.csv")


@given(st.binary(max_size=200), st.sampled_from([b"", b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PAR1", b"\xff\xfe"]))
def test_any_bytes_are_text_or_a_sentence(tmp_path_factory, content, begins):
    path = tmp_path_factory.mktemp("any") / "file"
    path.write_bytes(begins + content)
    with suppress(GroundswellError):
        looked = survey(path)
        if not looked.is_parquet:
            with text_of(looked) as (stream, _):
                stream.read().encode("utf-8")
