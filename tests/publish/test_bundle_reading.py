"""Bundles from strangers: a pack of hostile ones, each refused in words and before a byte of it counts."""

from __future__ import annotations

import json
import zipfile
from hashlib import sha256

import pytest

from groundswell.publish.bundle import write_bundle
from groundswell.publish.bundle_reading import Refused, open_bundle, read_json

GOOD = {"run.json": b"{}", "expected/groups.json": b"[]", "README.txt": b"hello"}


def manifest(members, **changed) -> bytes:
    listed = {name: {"sha256": sha256(data).hexdigest()} for name, data in members.items()}
    return json.dumps({"format": 1, "members": listed, **changed}).encode()


def packed(path, members, *, infos=(), compression=zipfile.ZIP_STORED):
    """A zip of these members, and of (ZipInfo, data) as they are."""
    with zipfile.ZipFile(path, "w", compression) as out:
        for name, data in members.items():
            out.writestr(name, data)
        for info, data in infos:
            out.writestr(info, data)
    return path


def refused(path, tmp_path) -> str:
    folder = tmp_path / "out"
    with pytest.raises(Refused) as caught:
        open_bundle(path, folder)
    return str(caught.value)


@pytest.fixture
def bundle(tmp_path):
    """A good one."""
    folder = tmp_path / "made"
    for name, data in GOOD.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    write_bundle(folder, tmp_path / "good.bundle", {"run_id": "7f3a91c"})
    return tmp_path / "good.bundle"


def test_a_bundle_is_laid_out_as_it_was_packed(bundle, tmp_path):
    opened = open_bundle(bundle, tmp_path / "out")

    assert {name: (opened.folder / name).read_bytes() for name in GOOD} == GOOD
    assert opened.about["run_id"] == "7f3a91c"
    assert opened.sha256 == sha256(bundle.read_bytes()).hexdigest()


def test_equal_folders_give_equal_bundles_whatever_the_clock(bundle, tmp_path):
    folder = tmp_path / "made"
    (folder / "bundle.json").unlink()
    for path in folder.rglob("*"):
        path.touch()
    write_bundle(folder, tmp_path / "again.bundle", {"run_id": "7f3a91c"})

    assert (tmp_path / "again.bundle").read_bytes() == bundle.read_bytes()


@pytest.mark.parametrize(
    "name",
    [
        *("../evil.json", "/etc/passwd", "data/../../evil", "C:\\evil", "data\\x.parquet", "run.py", "setup.py"),
        *("data/posts/x.py", "expected/groups.pickle", "RUN.JSON", "data/posts/", "a" * 60_000),
        *("expected/../run.json", "data/ledger/" + "0" * 63 + ".json", ".pth", "study.toml", "people.sqlite"),
    ],
)
def test_a_member_of_another_name_is_refused(name, tmp_path):
    members = {**GOOD, name: b"x"}
    path = packed(tmp_path / "b", {"bundle.json": manifest(members), **members})

    assert "has no member" in refused(path, tmp_path)
    assert not any(tmp_path.parent.glob("evil*"))


def test_a_name_that_is_cut_by_a_nul_is_refused_by_all_of_it(tmp_path):
    members = {**GOOD, "README.txtX.py": b"x"}
    del members["README.txt"]
    path = packed(tmp_path / "b", {"bundle.json": manifest({**GOOD, "README.txt": b"x"}), **members})
    path.write_bytes(path.read_bytes().replace(b"README.txtX.py", b"README.txt\0.py"))

    assert "has no member" in refused(path, tmp_path)


def test_a_link_is_refused(tmp_path):
    info = zipfile.ZipInfo("README.txt")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    members = {**GOOD, "README.txt": b"/etc/passwd"}
    path = packed(
        tmp_path / "b",
        {"bundle.json": manifest(members), "run.json": b"{}", "expected/groups.json": b"[]"},
        infos=[(info, b"/etc/passwd")],
    )

    assert "no plain file" in refused(path, tmp_path)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    members = {**GOOD, "README.txt": b"\0" * 50_000_000}
    path = packed(tmp_path / "b", {"bundle.json": manifest(members), **members}, compression=zipfile.ZIP_DEFLATED)

    assert path.stat().st_size < 100_000
    assert "packed" in refused(path, tmp_path)
    assert not (tmp_path / "out").exists()


def test_members_that_lie_over_one_another_are_refused(bundle, tmp_path):
    data = bytearray(bundle.read_bytes())
    at = data.rfind(b"PK\x01\x02")
    for field in (20, 24):  # sizes in the last entry of the directory
        data[at + field : at + field + 4] = (200_000_000).to_bytes(4, "little")
    bundle.write_bytes(bytes(data))

    assert "larger than the file" in refused(bundle, tmp_path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_that_is_in_it_twice_is_refused(tmp_path):
    path = packed(
        tmp_path / "b", {"bundle.json": manifest(GOOD), **GOOD}, infos=[(zipfile.ZipInfo("run.json"), b"[1]")]
    )

    assert "twice" in refused(path, tmp_path)


def test_a_changed_byte_is_refused(bundle, tmp_path):
    data = bundle.read_bytes()
    at = data.index(b"hello")
    bundle.write_bytes(data[:at] + b"jello" + data[at + 5 :])

    assert "refused" in refused(bundle, tmp_path)


def test_a_member_with_another_hash_is_refused(tmp_path):
    path = packed(tmp_path / "b", {"bundle.json": manifest(GOOD), **GOOD, "README.txt": b"other"})

    assert "another hash" in refused(path, tmp_path)


@pytest.mark.parametrize(
    "members",
    [
        GOOD,
        {"bundle.json": b"{}", **GOOD},
        {"bundle.json": manifest(GOOD, format=2), **GOOD},
        {"bundle.json": manifest({**GOOD, "dispute.toml": b""}), **GOOD},
        {"bundle.json": manifest({}), **GOOD},
        {"bundle.json": b"[" * 100_000, **GOOD},
        {"bundle.json": b'{"format": NaN}', **GOOD},
        {"bundle.json": b'{"format": 1, "format": 1}', **GOOD},
        {"bundle.json": b"\xff\xfe", **GOOD},
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(members, tmp_path):
    assert "refused" in refused(packed(tmp_path / "b", members), tmp_path)


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x05\x06" + b"\0" * 18, b"import os", b"\0" * 1000])
def test_what_is_no_zip_is_refused(data, tmp_path):
    (tmp_path / "b").write_bytes(data)

    assert "refused" in refused(tmp_path / "b", tmp_path)


def test_cut_off_anywhere_it_is_refused(bundle, tmp_path):
    data = bundle.read_bytes()
    for length in range(0, len(data), 97):
        (tmp_path / "cut").write_bytes(data[:length])

        assert "refused" in refused(tmp_path / "cut", tmp_path)


def test_json_nested_deep_but_not_too_deep_for_python_is_refused():
    with pytest.raises(Refused, match="too deep"):
        read_json(b"[" * 100 + b"]" * 100, "x")
