"""What keeps a study's evidence: captures, time stamps, seals, and finding out whether all of it still holds."""

from __future__ import annotations

import getpass
import secrets
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from groundswell.engine.duck import Duck
from groundswell.errors import WrongUse
from groundswell.evidence import authority as authority_of
from groundswell.evidence import capture as capturing
from groundswell.evidence import stamping
from groundswell.evidence.browser import Browser
from groundswell.evidence.fetch import CAPS, Caps
from groundswell.evidence.folder import Hand, capture_id
from groundswell.evidence.foreign import Imported, import_capture
from groundswell.evidence.gate import Gate
from groundswell.evidence.links import Held, held_captures, link_posts, page_of
from groundswell.evidence.log import Entry
from groundswell.evidence.seal import Sealed, seal
from groundswell.evidence.tombstone import Deleted, delete_capture
from groundswell.evidence.verify import Verified, verify
from groundswell.evidence.wayback import Reference, save_page
from groundswell.model.progress import Progress, silent
from groundswell.pipeline.run_record import MADE_BY
from groundswell.store.study import Study

POSTS = "select distinct platform, post_id from posts where post_id in (select unnest($post_ids)) order by all"


def hand(who: str | None = None, why: str = "", *, at: datetime | None = None) -> Hand:
    """Who acts now.

    Parameters
    ----------
    who
        A name or a role; the login name of this machine without it.
    at
        The machine's clock without it.
    """
    return Hand(who=who or _login(), why=why, at=at or datetime.now(UTC), tool=MADE_BY)


def capture(
    study: Study,
    url: str,
    by: Hand,
    gate: Gate,
    *,
    posts: Sequence[str] = (),
    media: bool = True,
    browser: Browser | None = None,
    caps: Caps = CAPS,
    progress: Progress = silent,
) -> capturing.Captured:
    """Keep a page, with what it shows; see `groundswell.evidence.capture`."""
    return capturing.capture(
        study, url, by, gate, posts=posts, media=media, browser=browser, caps=caps, progress=progress
    )


def addresses_of(study: Study, what: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Each address to capture, and the posts of the study that stand for it.

    Raises
    ------
    WrongUse
        A post is not in the study, or its id does not tell its address.
    """
    ids = [one for one in what if "://" not in one or one.startswith("at://")]
    platforms: dict[str, str] = {}
    if ids:
        with Duck() as engine:
            study.open_tables(engine)
            platforms = {post_id: platform for platform, post_id in engine.rows(POSTS, post_ids=ids)}
    found: list[tuple[str, tuple[str, ...]]] = []
    for one in what:
        if one not in ids:
            found.append((one, ()))
        elif one not in platforms:
            raise WrongUse(
                f"{one[:200]!r} is neither an address nor a post of this study.\n"
                "  An address begins with https://, a post is named by the id that it has in the data."
            )
        elif (page := page_of(platforms[one], one)) is None:
            raise WrongUse(
                f"The id {one[:200]!r} does not tell where the post stands ({platforms[one]}).\n"
                f"  Name its address, and the post beside it: `groundswell capture STUDY URL --post {one[:80]}`."
            )
        else:
            found.append((page, (one,)))
    return found


def add_authority(
    study: Study,
    by: Hand,
    *,
    name: str,
    url: str | None = None,
    roots: Path | None = None,
    retired: bool = False,
) -> Entry:
    """Name a time-stamp authority to a study, or stop asking one."""
    return authority_of.add_authority(study, by, name=name, url=url, roots=roots, retired=retired)


def stamp(study: Study, by: Hand, gate: Gate, *, progress: Progress = silent) -> tuple[stamping.Asked, ...]:
    """Ask each authority for a time stamp over what has none of its own yet."""
    return stamping.stamp(study, by, gate, nonce=lambda: secrets.randbits(63), progress=progress)


def waiting(study: Study) -> tuple[stamping.Waiting, ...]:
    """What each authority has not stamped yet."""
    return stamping.waiting(study)


def save_elsewhere(
    study: Study, captures: Sequence[str], by: Hand, gate: Gate, *, address: str, keys: str | None = None
) -> Iterator[Reference]:
    """Have an archive save the pages of captures; all those without a reference, if none are named."""
    named = [capture_id(study, one) for one in captures] or [
        one.capture for one in held_captures(study) if one.kind == "capture" and not one.references and not one.deleted
    ]
    for one in named:
        yield save_page(study, one, by, gate, address=address, keys=keys)


def import_evidence(study: Study, files: Sequence[Path], by: Hand, *, posts: Sequence[str] = ()) -> Iterator[Imported]:
    """Take in captures that others made."""
    for file in files:
        yield import_capture(study, file, by, posts=posts)


def link_evidence(study: Study, capture: str, posts: Sequence[str], by: Hand) -> Entry:
    """Say that a capture shows posts."""
    return link_posts(study, capture_id(study, capture), posts, by)


def delete_evidence(study: Study, capture: str, by: Hand) -> Deleted:
    """Delete the content of a capture; its hashes and the reason stay."""
    return delete_capture(study, capture_id(study, capture), by)


def seal_study(study: Study, by: Hand, *, progress: Progress = silent) -> Sealed:
    """Write the hashes of the study's own files into the log."""
    return seal(study, by, progress=progress)


def verify_evidence(study: Study, *, progress: Progress = silent) -> Verified:
    """Look for any byte that is not as it was written down."""
    return verify(study, progress=progress)


def list_evidence(study: Study) -> tuple[Held, ...]:
    """Every capture of a study."""
    return held_captures(study)


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
