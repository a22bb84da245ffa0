"""Pictures in a folder, read as grey values. Needs the extra `images`; nothing is fetched.

    folder ──► Picture, Picture, …      sorted by path
               Unread                   what could not be opened, with the reason

Strangers made these files. Only the formats below are opened, none beyond `MOST_PIXELS`, and one that breaks off or
lies about its size becomes a line in the list of the unread.
"""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np

from groundswell.errors import Failed, WrongUse
from groundswell.personas.pictures.resample import Grey, fitted

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp")

MOST_PIXELS = 64_000_000
"""Larger pictures are left unread: a few bytes can claim to be a picture that fills any memory."""

LONGEST = 2048
"""Pixels; longer pictures are shrunk as they are read. What platforms hand out is smaller."""

LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)
"""ITU-R BT.601, as JPEG and PDQ weigh red, green and blue."""


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture that was read."""

    name: str
    """Its path below the folder, with slashes."""
    grey: Grey


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be read as a picture."""

    name: str
    reason: str


def pictures_in(folder: Path) -> list[Path]:
    """The picture files below a folder by their ending, sorted; links that lead elsewhere are not followed.

    Raises
    ------
    WrongUse
        It is no folder.
    """
    if not folder.is_dir():
        raise WrongUse(
            f"There is no folder {str(folder)!r}.\n  Name a folder that holds pictures: {', '.join(SUFFIXES)}."
        )
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in SUFFIXES and path.is_file() and not path.is_symlink()
    )


def read_pictures(folder: Path) -> Iterator[Picture | Unread]:
    """Read the pictures below a folder one by one, in the order of their paths."""
    for path in pictures_in(folder):
        yield read_or_say(path.relative_to(folder).as_posix(), path)


def read_or_say(name: str, file: Path | IO[bytes]) -> Picture | Unread:
    """Read one picture, or say why it can't be read.

    Raises
    ------
    Failed
        The extra `images` is not installed.
    """
    try:
        return Picture(name, read_picture(file))
    except (OSError, SyntaxError, ValueError, OverflowError, EOFError, struct.error, MemoryError) as error:
        return Unread(name, " ".join(str(error).split())[:200] or type(error).__name__)


def read_picture(file: Path | IO[bytes]) -> Grey:
    """One picture as grey values, upright, on white where it is transparent; of a moving one the first frame.

    Raises
    ------
    ValueError, OSError
        It is no picture of a known format, too large, or it breaks off.
    Failed
        The extra `images` is not installed.
    """
    try:
        from PIL import Image, ImageOps
    except ImportError:
        raise Failed(
            "Reading pictures needs Pillow, which is not installed.\n"
            "  Install it with the extra `images`: `pip install groundswell[images]`."
        ) from None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what a damaged file warns of, its reading raises or survives
        with Image.open(file, formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise ValueError(f"{opened.width:,} by {opened.height:,} pixels; more than {MOST_PIXELS:,} in all")
            opened.draft("RGB", (LONGEST, LONGEST))
            upright = ImageOps.exif_transpose(opened)
            coloured = upright.convert("RGBA")
    colours = np.asarray(coloured, dtype=np.float32)
    opaque = colours[..., 3:] / 255
    grey = (colours[..., :3] * opaque + 255 * (1 - opaque)) @ LUMA
    return fitted(grey.astype(np.float32, copy=False), LONGEST)
