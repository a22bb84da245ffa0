"""A folder of pictures: which of them are the same, and which were left out of the question and why.

folder, reference folder, stop folder ──► Compared       pairs · clusters · left out · unread
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from groundswell.errors import MissingColumns, NothingToDo, UnreadableFile
from groundswell.model.progress import Progress, silent
from groundswell.personas.pictures.clusters import Bearer, Cluster, clusters
from groundswell.personas.pictures.files import Picture, Unread, pictures_in, read_pictures
from groundswell.personas.pictures.pairs import Pair, Print, pairs, print_of

MOST_SHARED = 50
"""Pictures with the same hashes beyond which they are everyone's: a default avatar, a flag, a badge of the day."""

TOO_PLAIN = "too plain to tell from others"
EVERYONES = f"shared by more than {MOST_SHARED} pictures"
ON_STOP_LIST = "like a picture of the stop folder"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A picture that was read and not compared: it would be no evidence."""

    picture: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What a folder's pictures have in common."""

    n_pictures: int
    """Picture files in the folder: compared + left out + unread."""
    n_compared: int
    n_references: int
    """Reference pictures compared with."""
    pairs: tuple[Pair, ...]
    clusters: tuple[Cluster, ...]
    left_out: tuple[LeftOut, ...]
    unread: tuple[Unread, ...]

    @property
    def n_compared_pairs(self) -> int:
        """How many pairs there could be: the denominator of the pairs found."""
        return self.n_compared * (self.n_compared - 1) // 2 + self.n_compared * self.n_references

    def as_json(self) -> dict[str, Any]:
        """What ``pictures --json`` prints."""
        return {
            "pictures": self.n_pictures,
            "compared": self.n_compared,
            "references": self.n_references,
            "possible_pairs": self.n_compared_pairs,
            "pairs": [pair.as_json() for pair in self.pairs],
            "clusters": [cluster.as_json() for cluster in self.clusters],
            "left_out": [{"picture": one.picture, "reason": one.reason} for one in self.left_out],
            "unread": [{"picture": one.name, "reason": one.reason} for one in self.unread],
        }


def compare_folder(
    folder: Path,
    *,
    reference: Path | None = None,
    stop: Path | None = None,
    bearers: Mapping[str, Bearer] | None = None,
    corners: bool = True,
    progress: Progress = silent,
) -> Compared:
    """Compare the pictures of a folder with one another and with those of a reference folder.

    Parameters
    ----------
    reference
        Press photographs, stock pictures, book covers: pictures whose origin is known. Its pictures are named
        ``reference/…`` in the answer.
    stop
        Pictures that are no evidence, such as a platform's default avatars.
    bearers
        Who showed each picture, by its path below the folder.
    corners
        Whether to look for cut-outs too, which takes most of the time.

    Raises
    ------
    NothingToDo
        The folder holds no picture files.
    """
    if not pictures_in(folder):
        raise NothingToDo(f"There is no picture in {str(folder)!r}.\n  Files are known by their endings, such as .jpg.")
    return compare(
        read_pictures(folder),
        len(pictures_in(folder)),
        reference=reference,
        stop=stop,
        bearers=bearers,
        corners=corners,
        progress=progress,
    )


def compare(
    pictures: Iterable[Picture | Unread],
    n_pictures: int,
    *,
    reference: Path | None = None,
    stop: Path | None = None,
    bearers: Mapping[str, Bearer] | None = None,
    corners: bool = True,
    progress: Progress = silent,
) -> Compared:
    """Compare pictures, wherever they were read, with one another; else as `compare_folder`.

    Parameters
    ----------
    pictures
        Each with a name of its own.
    n_pictures
        How many there are, for who waits.
    """
    prints, unread = _prints(pictures, n_pictures, corners=corners, progress=progress)
    others, unread_others = _prints_in(reference, "reference/", corners=corners, progress=progress)
    everyones, unread_stops = _prints_in(stop, "stop/", corners=False, progress=progress)
    kept, left_out = set_aside(prints, everyones)
    compared_with, plain_references = set_aside(others, everyones)
    found = pairs(kept, compared_with, progress=progress)
    return Compared(
        n_pictures=len(prints) + len(unread),
        n_compared=len(kept),
        n_references=len(compared_with),
        pairs=found,
        clusters=clusters(found, [one.name for one in compared_with], bearers),
        left_out=(*left_out, *plain_references),
        unread=(*unread, *unread_others, *unread_stops),
    )


def set_aside(prints: Sequence[Print], everyones: Sequence[Print] = ()) -> tuple[list[Print], list[LeftOut]]:
    """Part the pictures that can be evidence from those that can't, in the order they come.

    Parameters
    ----------
    everyones
        Pictures of the stop folder.
    """
    copies = Counter(_key(one) for one in prints)
    stops = {one.name for one in everyones}
    found = pairs(_without_corners(prints), _without_corners(everyones)) if stops else ()
    stopped = {pair.a for pair in found if pair.b in stops}
    kept, left_out = [], []
    for one in prints:
        if not one.hashes.can_be_compared:
            left_out.append(LeftOut(picture=one.name, reason=TOO_PLAIN))
        elif copies[_key(one)] > MOST_SHARED:
            left_out.append(LeftOut(picture=one.name, reason=EVERYONES))
        elif one.name in stopped:
            left_out.append(LeftOut(picture=one.name, reason=ON_STOP_LIST))
        else:
            kept.append(one)
    return kept, left_out


def read_bearers(path: Path) -> dict[str, Bearer]:
    """Who showed each picture: a CSV with ``picture`` and any of ``account_id``, ``name``, ``first_seen``.

    Raises
    ------
    MissingColumns
        There is no column ``picture``.
    UnreadableFile
        It is not UTF-8 text.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if "picture" not in (rows.fieldnames or ()):
                raise MissingColumns(path.name, ["picture"], rows.fieldnames or ())
            return {
                row["picture"]: Bearer(
                    account_id=row.get("account_id") or None,
                    name=row.get("name") or None,
                    first_seen=row.get("first_seen") or None,
                )
                for row in rows
            }
    except (UnicodeDecodeError, csv.Error) as error:
        raise UnreadableFile(path, "not a table that can be read.", str(error), "Save it as CSV in UTF-8.") from None


def _key(one: Print) -> tuple[int, int]:
    return int(one.hashes.phash[0]), int(one.hashes.dhash[0])


def _without_corners(prints: Sequence[Print]) -> list[Print]:
    return [Print(one.name, one.hashes, one.small) for one in prints]


def _prints_in(
    folder: Path | None, prefix: str, *, corners: bool, progress: Progress
) -> tuple[list[Print], list[Unread]]:
    if folder is None:
        return [], []
    named = (replace(one, name=prefix + one.name) for one in read_pictures(folder))
    return _prints(named, len(pictures_in(folder)), corners=corners, progress=progress)


def _prints(
    pictures: Iterable[Picture | Unread], total: int, *, corners: bool, progress: Progress
) -> tuple[list[Print], list[Unread]]:
    prints: list[Print] = []
    unread: list[Unread] = []
    for done, one in enumerate(pictures):
        progress("Reading pictures", done, total)
        if isinstance(one, Picture):
            prints.append(print_of(one.name, one.grey, corners=corners))
        else:
            unread.append(one)
    progress("Reading pictures", total, total)
    return prints, unread
