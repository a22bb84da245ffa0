"""A contest bundle: one file from which a stranger computes every number again, on a machine of their own.

    bundle.json      what it is, by which code it was packed, and the hash of every other member
    README.txt       how to check it and how to dispute it        dispute.toml   to be filled in
    run.json         parameters, seed, inputs, versions
    expected/…       the figures as they were published
    data/…           posts, accounts and ledger; or traces and times with salted ids

The file is a zip whose members are stored, not packed, in the order of their names and without times: same run,
same bytes. It holds data and never code; `bundle_reading` refuses one that holds anything else.
"""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

FORMAT = 1
"""Goes up when an older Groundswell could not check the bundle."""

MANIFEST = "bundle.json"
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold."""

_BLOCK = 1 << 20


def write_bundle(folder: Path, out: Path, about: Mapping[str, Any]) -> str:
    """Pack a folder's files into a bundle; returns the SHA-256 of the bundle.

    Parameters
    ----------
    folder
        Holds the members under their names, and no manifest.
    about
        What the manifest says beside the members and their hashes.
    """
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    members = {name: {"bytes": (folder / name).stat().st_size, "sha256": file_digest(folder / name)} for name in names}
    manifest = {"format": FORMAT, **about, "members": members}
    written = json.dumps(manifest, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    (folder / MANIFEST).write_bytes(written.encode("utf-8"))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for name in (MANIFEST, *names):
            info = zipfile.ZipInfo(name, EPOCH)
            info.create_system, info.external_attr = 3, 0o100644 << 16
            info.file_size = (folder / name).stat().st_size
            with (folder / name).open("rb") as source, packed.open(info, "w") as target:
                shutil.copyfileobj(source, target, _BLOCK)
    return file_digest(out)


def file_digest(path: Path) -> str:
    """SHA-256 of a file."""
    whole = sha256()
    with path.open("rb") as source:
        while block := source.read(_BLOCK):
            whole.update(block)
    return whole.hexdigest()


def readme(*, name: str, run_id: str, version: str, salted: bool, finding: str | None, made_up: bool) -> str:
    """What stands in README.txt: what this is, how to check it, how to dispute it."""
    held = (
        "It holds no names, ids, words or links: accounts, posts and objects have salted ids, and the salt stays with\n"
        "whoever made the bundle. Times are as they were, so someone who holds the posts can tell whose they are.\n"
        "What needs the words (profiles, innocent explanations, sentences) can't be checked with it, and is listed."
        if salted
        else "It holds the posts with ids and words as they were read. Hand it on only to those who may have them."
    )
    about = (
        f"\nThe figures listed are those of finding {finding}. The data are all, for chance is measured on all."
        if finding
        else ""
    )
    return f"""Contest bundle of a Groundswell run{" (made-up data)" if made_up else ""}

Study {name}, run {run_id}, groundswell {version}.
{held}{about}

To check it, on any machine with Python 3.11 or newer:

    pip install groundswell=={version}
    groundswell verify THIS-FILE

Every number is computed again from the data in this file and is said to hold, to differ, or to be one that can't be
checked. Nothing in this file is executed. `bundle.json` names the code's hash; `run.json` the parameters and the seed.

To dispute a finding: fill in dispute.toml and send it to whoever gave you this file. They enter it with

    groundswell dispute STUDY --finding NAME --file dispute.toml

and the status then stands beside the finding wherever it is published. Naming posts in it asks for a run without
them, whose result is printed beside the first. You need not say who you are for a number to be checked.
"""


DISPUTE_TEMPLATE = """\
# A dispute. Fill in and send to whoever published the finding. Lines that begin with # are remarks.
who = ""              # who disputes; kept in the study, never published
when = ""             # the day, such as 2024-06-01
why = ""              # the reason, printed beside the finding
# context = ""        # what you want to be printed, in your own words
# posts = []          # posts you dispute, by id or as «file:row»; asks for a run without them
status = "contested"  # whoever reviews it may set: upheld, corrected, withdrawn
"""
