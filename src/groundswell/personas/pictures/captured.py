"""The pictures that a study's captured pages show: which of them are the same.

captures ──► Picture, Unread, …, and when each was fetched      no account: a page shows other people's pictures, too
"""

from __future__ import annotations

import io
from pathlib import Path

from groundswell.errors import NothingToDo
from groundswell.evidence.captured_pictures import captured_pictures
from groundswell.model.progress import Progress, silent
from groundswell.personas.pictures.clusters import Bearer
from groundswell.personas.pictures.files import Picture, Unread, read_or_say
from groundswell.personas.pictures.folder import Compared, compare
from groundswell.store.study import Study

ID = 12
"""Digits that name a capture before the address of a picture."""


def compare_captured(
    study: Study,
    *,
    reference: Path | None = None,
    stop: Path | None = None,
    corners: bool = True,
    progress: Progress = silent,
) -> Compared:
    """Compare the pictures of a study's captures with one another and with those of a reference folder.

    Each is named by its capture and its address, and stands at the time when it was fetched, which says when it was
    kept and not when it was first shown.

    Raises
    ------
    NothingToDo
        The captures hold no picture.
    MissingExtra, UnreadableFile
        See `captured_pictures`.
    """
    read: list[Picture | Unread] = []
    fetched: dict[str, Bearer] = {}
    for one in captured_pictures(study):
        name = f"{one.capture[:ID]}/{one.url}"
        if name not in fetched:
            read.append(read_or_say(name, io.BytesIO(one.content)))
            fetched[name] = Bearer(first_seen=one.at or None)
    if not read:
        raise NothingToDo(
            f"No capture of {str(study.folder)!r} holds a picture.\n"
            f"  Capture a page: `groundswell capture {study.folder} https://…`, or name a folder of pictures."
        )
    return compare(read, len(read), reference=reference, stop=stop, bearers=fetched, corners=corners, progress=progress)
