"""What of purged posts stands in places that hold other people's pages: captures, and the articles of the claims.

names, words ──► paths in the study that hold one of them, and those that could not be read

A capture is evidence and an article is somebody else's, so neither is changed here: who asked learns where to look.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundswell.errors import MissingExtra, UnreadableFile
from groundswell.evidence.captured_records import answers_in, archives
from groundswell.store.names import Names
from groundswell.store.raw import unpacked
from groundswell.store.study import Study
from groundswell.store.words import Words

CLAIMS = "claims"
LARGEST = 8 << 20
"""Bytes of a record or an article that are looked at."""


def held_elsewhere(study: Study, names: Names, words: Words) -> tuple[list[str], list[str]]:
    """Look for purged posts in captures, unpacked, and in the articles of the claims.

    Returns
    -------
    Paths below the study, sorted: those that hold something, and those that could not be read.
    """
    held, unread = [], []
    for capture, path in archives(study):
        name = path.relative_to(study.folder).as_posix()
        try:
            for answer in answers_in(capture, path, resources=True):
                if not answer.mime.startswith(("image/", "video/", "audio/", "font/")) and _holds(
                    answer.body(LARGEST), names, words
                ):
                    held.append(name)
                    break
        except (MissingExtra, UnreadableFile):
            unread.append(name)
    for name, content in _articles(study):
        if _holds(content, names, words):
            held.append(name)
    return sorted(held), sorted(unread)


def _holds(content: bytes, names: Names, words: Words) -> bool:
    written = content.decode("utf-8", "replace")
    return any(map(names.are_in, written.splitlines())) or words.are_in(written)


def _articles(study: Study) -> Iterator[tuple[str, bytes]]:
    for path in sorted((study.folder / CLAIMS).rglob("*")):
        if path.is_file():
            with unpacked(path) if path.suffix == ".zst" else path.open("rb") as source:
                yield path.relative_to(study.folder).as_posix(), source.read(LARGEST)
