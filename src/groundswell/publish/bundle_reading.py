"""Bundles come from strangers: what is no bundle is refused before a byte of it counts.

    file ──► members with the right names, kinds, sizes and hashes, in a folder of ours      or Refused, with the reason

Members are stored, never packed, so there is nothing to blow up; together they are no larger than the file, so none
lies over another. Names come from a closed list, so there is no way out of the folder, no link and no code. Nothing
is imported, unpickled or run.
"""

from __future__ import annotations

import json
import re
import stat
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from groundswell.errors import Failed
from groundswell.publish.bundle import FORMAT, MANIFEST, file_digest

MEMBER = re.compile(
    r"bundle\.json|README\.txt|dispute\.toml|run\.json"
    r"|expected/(?:groups|findings|multiverse|power|tables)\.json"
    r"|data/(?:posts|accounts)/[0-9a-f]{64}-\d{5}\.parquet|data/ledger/[0-9a-f]{64}\.json"
    r"|data/comparators\.csv|data/(?:traces|posts|follows)\.parquet"
)
"""All that a bundle may hold."""

MOST_MEMBERS = 20_000
LARGEST_JSON = 256 << 20
"""Bytes of one JSON member."""

DEEPEST = 60
"""Nesting of JSON."""

_BLOCK = 1 << 20


class Refused(Failed):
    """A file that is no bundle, or one that was tampered with."""

    def __init__(self, path: object, why: str) -> None:
        super().__init__(
            f"{str(path)!r} is refused: {why}\n  Nothing of it was used.\n"
            "  Ask whoever gave it to you for the file again, and for its SHA-256."
        )


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """A bundle whose members lie in a folder of ours."""

    folder: Path
    sha256: str
    about: Mapping[str, Any]
    """The manifest."""

    def json(self, name: str) -> Any:
        """A JSON member; None where the bundle has none of this name."""
        place = self.folder / name
        return read_json(place.read_bytes(), name) if place.is_file() else None


def open_bundle(path: Path, folder: Path) -> Bundle:
    """Check a bundle and lay its members into an empty folder.

    Raises
    ------
    Refused
        It is no bundle, or not one that can be trusted to be data and nothing else.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            members = _checked(path, packed)
            about = read_json(packed.read(members[MANIFEST]), path)
            listed = _listed(path, about, members)
            for name, member in members.items():
                _lay(path, packed, member, folder / name, listed.get(name))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError) as error:
        raise Refused(path, f"it is no whole zip file ({error}).") from None
    return Bundle(folder=folder, sha256=file_digest(path), about=about)


def read_json(data: bytes, path: object) -> Any:
    """JSON from a stranger: bounded in size and depth, without NaN, each key once."""
    if len(data) > LARGEST_JSON:
        raise Refused(path, f"a JSON member has {len(data):,} bytes.")
    try:
        value = json.loads(data, parse_constant=_no_constant, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise Refused(path, f"a JSON member can't be read ({str(error)[:100]}).") from None
    if _deeper(value, DEEPEST):
        raise Refused(path, "a JSON member is nested too deep.")
    return value


def _checked(path: Path, packed: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    members: dict[str, zipfile.ZipInfo] = {}
    listed = packed.infolist()
    if len(listed) > MOST_MEMBERS:
        raise Refused(path, f"it has {len(listed):,} members; a bundle has at most {MOST_MEMBERS:,}.")
    for member in listed:
        kind = stat.S_IFMT(member.external_attr >> 16)
        # The name as it was stored: a NUL would cut it in `filename`.
        if not MEMBER.fullmatch(member.orig_filename):
            raise Refused(path, f"a bundle has no member {member.orig_filename[:80]!r}.")
        if member.filename in members:
            raise Refused(path, f"the member {member.filename!r} is in it twice.")
        if kind not in (0, stat.S_IFREG) or member.is_dir():
            raise Refused(path, f"the member {member.filename!r} is no plain file.")
        if member.compress_type != zipfile.ZIP_STORED or member.compress_size != member.file_size:
            raise Refused(path, f"the member {member.filename!r} is packed; a bundle's members are stored.")
        if member.flag_bits & 0x1:
            raise Refused(path, f"the member {member.filename!r} is encrypted.")
        if member.filename.endswith(".json") and member.file_size > LARGEST_JSON:
            raise Refused(path, f"the member {member.filename!r} has {member.file_size:,} bytes.")
        members[member.filename] = member
    if MANIFEST not in members:
        raise Refused(path, f"it has no {MANIFEST}.")
    if sum(member.file_size for member in listed) > path.stat().st_size:
        raise Refused(path, "its members say they are larger than the file that holds them.")
    return members


def _listed(path: Path, about: Any, members: Mapping[str, zipfile.ZipInfo]) -> Mapping[str, Any]:
    if not isinstance(about, dict) or not isinstance(about.get("members"), dict):
        raise Refused(path, f"its {MANIFEST} lists no members.")
    if about.get("format") != FORMAT:
        raise Refused(path, f"it is of format {about.get('format')!r}; this Groundswell checks {FORMAT}.")
    listed: Mapping[str, Any] = about["members"]
    if set(listed) != set(members) - {MANIFEST}:
        odd = sorted(set(listed) ^ (set(members) - {MANIFEST}))
        raise Refused(path, f"its {MANIFEST} and its members disagree about {str(odd[0])[:80]!r}.")
    return listed


def _lay(path: Path, packed: zipfile.ZipFile, member: zipfile.ZipInfo, place: Path, listed: Any) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    digest = sha256()
    with packed.open(member) as source, place.open("wb") as target:
        while block := source.read(_BLOCK):
            digest.update(block)
            target.write(block)
    if member.filename != MANIFEST and (not isinstance(listed, dict) or listed.get("sha256") != digest.hexdigest()):
        raise Refused(path, f"the member {member.filename!r} is not the one that {MANIFEST} names: another hash.")


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands in it twice")
    return found


def _deeper(value: Any, left: int) -> bool:
    """Whether a value is nested deeper than `left`."""
    level = [value]
    while level and left:
        level = [inner for one in level if isinstance(one, dict | list) for inner in _inside(one)]
        left -= 1
    return bool(level)


def _inside(one: dict[str, Any] | list[Any]) -> list[Any]:
    return list(one.values()) if isinstance(one, dict) else one
