"""Time-stamp authorities of a study: an address each, and the certificates that are trusted for it.

    evidence/authorities/<name>.json, <name>.pem        both in the log, so that nobody trusts another root unseen

None is built in. Which one a court or a reader believes is for a person to say; two in different countries are better
than one.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from groundswell.errors import MissingExtra, WrongUse
from groundswell.evidence.folder import Hand, put
from groundswell.evidence.log import Entry, canonical, folder_of, live_files, writing
from groundswell.evidence.target import target
from groundswell.store.study import Study

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
PLACE = "authorities"


@dataclass(frozen=True, kw_only=True)
class Authority:
    """Who stamps."""

    name: str
    url: str
    roots: bytes
    """PEM."""
    retired: bool = False
    """No longer asked; what it stamped is still checked."""


def add_authority(
    study: Study, hand: Hand, *, name: str, url: str | None = None, roots: Path | None = None, retired: bool = False
) -> Entry:
    """Name an authority to a study, change one, or stop asking it.

    Raises
    ------
    WrongUse
        The name, the address or the certificates can't be right.
    """
    if not NAME.fullmatch(name):
        raise WrongUse(
            f"{name!r} is no name for an authority.\n"
            "  It becomes the name of a file: small letters, digits and hyphens, such as `first-authority`."
        )
    older = next((one for one in authorities(study) if one.name == name), None)
    if older is None and (url is None or roots is None):
        raise WrongUse(
            f"There is no authority {name!r} yet, so its address and its certificates are needed.\n"
            "  For example: `--url https://stamp.example/tsr --roots roots.pem`."
        )
    address = target(url).url if url is not None else older.url if older else ""
    trusted = older.roots if older else b""
    if roots is not None and (added := _pem(roots)) not in trusted:
        # Older roots stay: stamps that lead to them are still checked.
        trusted += added
    told = canonical({"name": name, "retired": retired, "url": address}).encode() + b"\n"
    files = {f"{PLACE}/{name}.json": told, f"{PLACE}/{name}.pem": trusted}
    with writing(study) as log:
        return put(log, folder_of(study), hand, "authority", files, about={"name": name, "retired": retired})


def authorities(study: Study) -> tuple[Authority, ...]:
    """The authorities of a study, in the order of their names."""
    folder = folder_of(study) / PLACE
    found = []
    for place in sorted(folder.glob("*.json")):
        told = json.loads(place.read_text(encoding="ascii"))
        roots = place.with_suffix(".pem").read_bytes()
        found.append(Authority(name=told["name"], url=told["url"], roots=roots, retired=told["retired"]))
    return tuple(found)


def roots_then(folder: Path, entries: tuple[Entry, ...], name: str) -> bytes:
    """The certificates trusted for an authority, as the log has them now."""
    path = f"{PLACE}/{name}.pem"
    return (folder / path).read_bytes() if path in live_files(entries) else b""


def _pem(path: Path) -> bytes:
    try:
        from cryptography import x509
    except ImportError as error:
        raise MissingExtra("evidence", "Reading certificates", str(error.name)) from None
    content = path.read_bytes()
    try:
        found = x509.load_pem_x509_certificates(content)
    except ValueError:
        found = []
    if not found:
        raise WrongUse(
            f"{path} holds no certificate.\n"
            "  It must be PEM, with a line BEGIN CERTIFICATE. Authorities publish their roots beside their address."
        )
    return content.rstrip() + b"\n"
