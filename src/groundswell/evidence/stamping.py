"""Which entries of the log bear a time stamp of whom, and asking for those that are missing.

    newest entry ──► each authority ──► stamps/<n>-<authority>.tsr        an authority that is down is asked next time

A stamp is over the SHA-256 of one line of the log. Each line holds the hash of the one before, so it is over all
earlier lines, and over every file that they name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from groundswell.evidence import stamp_token
from groundswell.evidence.authority import Authority, authorities, roots_then
from groundswell.evidence.fetch import Caps, ask
from groundswell.evidence.folder import Hand, put
from groundswell.evidence.gate import Gate
from groundswell.evidence.log import Entry, Log, folder_of, read_log, writing
from groundswell.evidence.target import NoAnswer, NotPublic
from groundswell.model.progress import Progress, silent
from groundswell.store.study import Study

STAMPED = ("capture", "import", "link", "wayback", "seal", "tombstone")
"""Acts that are worth a stamp; a stamp on a stamp says nothing new."""

CAPS = Caps(bytes=1 << 20, seconds=30)
QUESTION, ANSWER = "application/timestamp-query", "application/timestamp-reply"


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What an authority has not stamped yet."""

    authority: str
    entries: int
    """Entries after the last one that it stamped."""
    of: int
    """Entries worth a stamp."""
    since: datetime | None

    def as_json(self) -> dict[str, Any]:
        """As figures."""
        return {**asdict(self), "since": self.since and self.since.isoformat()}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What came of asking one authority."""

    authority: str
    covered: int
    """Entries that its stamp covers, and no earlier one of its own did."""
    time: datetime | None = None
    trouble: str | None = None
    """Why there is no stamp; the entries stay in the queue."""

    @property
    def sentence(self) -> str:
        """What came of it, in words."""
        if self.time is None:
            return f"no time stamp, the entries stay in the queue: {self.trouble}"
        return f"stamped {self.time:%Y-%m-%d %H:%M:%S} UTC, {self.covered:,} entries it had not covered before"

    def as_json(self) -> dict[str, Any]:
        """As figures."""
        return {**asdict(self), "time": self.time and self.time.isoformat()}


def waiting(study: Study) -> tuple[Waiting, ...]:
    """What is in the queue of each authority that is still asked."""
    entries, _ = read_log(folder_of(study))
    worth = [entry for entry in entries if entry.what in STAMPED]
    found = []
    for authority in authorities(study):
        if not authority.retired:
            left = _unstamped(entries, authority.name)
            found.append(
                Waiting(authority=authority.name, entries=len(left), of=len(worth), since=left[0].at if left else None)
            )
    return tuple(found)


def stamp(
    study: Study, hand: Hand, gate: Gate, *, nonce: Callable[[], int], progress: Progress = silent
) -> tuple[Asked, ...]:
    """Ask every authority for a stamp over the newest entry, where it has not given one.

    Parameters
    ----------
    nonce
        Draws a number that nobody can guess, below 2⁶⁴.
    """
    asked = [one for one in authorities(study) if not one.retired]
    if not asked:
        return ()
    stamp_token.require()
    found = []
    with writing(study) as log:
        for done, authority in enumerate(asked):
            progress("Asking for time stamps", done, len(asked))
            if left := _unstamped(log.entries, authority.name):
                found.append(_ask(log, folder_of(study), hand, gate, authority, left, nonce()))
    progress("Asking for time stamps", len(asked), len(asked))
    return tuple(found)


def check_stamp(folder: Path, entries: tuple[Entry, ...], entry: Entry) -> stamp_token.Stamp:
    """Check the token that an entry brought in.

    Raises
    ------
    NotAStamp, MissingExtra
    """
    of = entries[int(entry.about["entry"]) - 1]
    name = str(entry.about["authority"])
    beginning = f"stamps/{of.n:06d}-{name}-{entry.n:06d}"
    if {f"{beginning}.tsq", f"{beginning}.tsr"} != set(entry.outputs) or entry.inputs.get("entry") != of.line_sha256:
        raise stamp_token.NotAStamp("the log names other files than those of a stamp")
    return stamp_token.check(
        (folder / f"{beginning}.tsr").read_bytes(),
        (folder / f"{beginning}.tsq").read_bytes(),
        line(folder, of),
        roots_then(folder, entries, name),
    )


def line(folder: Path, entry: Entry) -> bytes:
    """The line of an entry, without its end: what a stamp is over."""
    return (folder / "log.jsonl").read_bytes().split(b"\n")[entry.n - 1]


def _unstamped(entries: tuple[Entry, ...], name: str) -> list[Entry]:
    last = max(
        (int(one.about["entry"]) for one in entries if one.what == "stamp" and one.about["authority"] == name),
        default=0,
    )
    return [entry for entry in entries if entry.what in STAMPED and entry.n > last]


def _ask(log: Log, folder: Path, hand: Hand, gate: Gate, authority: Authority, left: list[Entry], nonce: int) -> Asked:
    of, n = left[-1], len(log.entries) + 1
    message = line(folder, of)
    request = stamp_token.request_for(message, nonce=nonce)
    headers = {"Content-Type": QUESTION, "Accept": ANSWER}
    try:
        answer = ask(gate, authority.url, method="POST", headers=headers, body=request, caps=CAPS)
        if answer.status != 200:
            return Asked(authority=authority.name, covered=0, trouble=f"its server answers {answer.status}")
        token = stamp_token.check(answer.payload, request, message, authority.roots)
    except (NotPublic, NoAnswer, stamp_token.NotAStamp) as no:
        return Asked(authority=authority.name, covered=0, trouble=no.why)
    beginning = f"stamps/{of.n:06d}-{authority.name}-{n:06d}"
    put(
        log,
        folder,
        hand,
        "stamp",
        {f"{beginning}.tsq": request, f"{beginning}.tsr": answer.payload},
        inputs={"entry": of.line_sha256},
        about={"authority": authority.name, "entry": of.n, "time": token.time.isoformat()},
    )
    return Asked(authority=authority.name, covered=len(left), time=token.time)
