"""What lies in a zip archive, without trusting a word of it: names are shown and never used as paths.

Nothing is unpacked to disk. Folders, hidden files and pictures are passed over; every other member must be read.
"""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath

from groundswell.errors import UnreadableFile

WORKBOOK = "xl/workbook.xml"
"""A spreadsheet is a zip archive with this in it."""

PASSED_OVER = (
    ".jpg",
    ".jpeg",
    ".png",
    ".gif",
    ".webp",
    ".mp4",
    ".webm",
    ".mp3",
    ".ogg",
    ".tgs",
    ".html",
    ".css",
    ".js",
    ".pdf",
    ".md",
)
"""Endings of what archives of posts hold beside them. Only what is not read is told by its name."""

LARGEST_DIRECTORY = 1 << 24
"""Bytes of a list of members; each takes some 50 and its name."""

END = b"PK\x05\x06"


def data_members(path: Path, most: int) -> tuple[str, ...]:
    """The names of the members that can hold posts, in the order of their names; `WORKBOOK` first if it is there.

    Raises
    ------
    UnreadableFile
        It is damaged, encrypted, or holds more than `most` members.
    """
    _require_short_directory(path, most)
    try:
        with zipfile.ZipFile(path) as archive:
            found = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, EOFError) as error:
        raise damaged(path, error) from None
    if len(found) > most:
        raise _too_many(path, most)
    names = [one for one in found if not one.is_dir() and _may_hold_posts(one.filename)]
    if locked := [one for one in names if one.flag_bits & 1]:
        raise UnreadableFile(
            path,
            "the zip archive is locked with a password.",
            f"It holds {shown(locked[0].filename)}, which can't be read without it.",
            "Unpack it yourself and read the result.",
        )
    if any(one.filename == WORKBOOK for one in names):
        return (WORKBOOK,)
    listed = sorted(one.filename for one in names)
    if not listed or len(set(listed)) < len(listed):
        raise UnreadableFile(
            path,
            "the zip archive holds nothing to read." if not listed else "two members of the archive have one name.",
            f"It has {len(found):,} members.",
            "Unpack it and name the files of posts.",
        )
    return tuple(listed)


def damaged(path: Path, error: Exception) -> UnreadableFile:
    """The archive can't be read."""
    return UnreadableFile(
        path,
        "the zip file is damaged or breaks off.",
        f"Unpacking stopped: {str(error)[:200]}",
        "Fetch it again; or unpack what is left yourself and read that.",
    )


def shown(name: str) -> str:
    """A member's name in a message: short, and unable to steer a terminal."""
    return repr(name[:80])


def _may_hold_posts(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not parts or "__MACOSX" in parts or parts[-1].startswith("."):
        return False
    return not name.lower().endswith(PASSED_OVER)


def _require_short_directory(path: Path, most: int) -> None:
    """The list of members is held in memory; how long it claims to be stands at the end of the file."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - (1 << 16) - 22))
        tail = file.read()
    at = tail.rfind(END)
    if at >= 0 and int.from_bytes(tail[at + 12 : at + 16], "little") > LARGEST_DIRECTORY:
        raise _too_many(path, most)


def _too_many(path: Path, most: int) -> UnreadableFile:
    return UnreadableFile(
        path,
        f"the zip archive holds more than {most:,} files.",
        "An export of posts holds a few.",
        "Unpack it and name the files of posts; or allow more: `--limit members=N`.",
    )
