"""A second copy in somebody else's house: the Wayback Machine is asked to save the page, too.

    POST <address>/save ──► job ──► GET <address>/save/status/<job> ──► captures/<id>/wayback-<n>.json

Such a copy shows that this was served to the archive's crawler then. It does not show who wrote it; pages made by
scripts often come out empty, and owners can have copies taken down. So it stands beside a capture, never for one.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from groundswell.evidence.fetch import Caps, Exchange, ask
from groundswell.evidence.folder import CAPTURES, RECORD, Hand, files_of, put
from groundswell.evidence.gate import Gate
from groundswell.evidence.log import folder_of, inside, writing
from groundswell.evidence.target import NoAnswer, target
from groundswell.store.study import Study

PUBLIC = "https://web.archive.org"
CAPS = Caps(bytes=4 << 20, seconds=60)
EVERY_S = 3.0
PATIENCE_S = 180.0
SAVED = re.compile(r"/web/(\d{14})(?:[a-z_]*)/")
JOB = re.compile(r"[\w-]{1,100}")


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A copy elsewhere, or why there is none."""

    capture: str
    url: str
    reference: str | None
    trouble: str | None = None

    def as_json(self) -> dict[str, Any]:
        """As figures."""
        return asdict(self)


def save_page(
    study: Study,
    capture: str,
    hand: Hand,
    gate: Gate,
    *,
    address: str = PUBLIC,
    keys: str | None = None,
    wait: Callable[[float], None] = time.sleep,
) -> Reference:
    """Ask an archive to save the page of a capture, and write down where it says it did.

    Parameters
    ----------
    address
        Of the archive, such as `PUBLIC`.
    keys
        ``access:secret``, where the archive wants them. They are sent to it and stored nowhere.

    Raises
    ------
    NotPublic
        The archive's own address may not be asked.
    """
    folder = folder_of(study)
    with writing(study) as log:
        record = json.loads(inside(folder, f"{CAPTURES}/{capture}/{RECORD}").read_bytes())
        url = record["asked"][0]["url"]
        home = target(address).url.rstrip("/")
        headers = {"Accept": "application/json", **({"Authorization": f"LOW {keys}"} if keys else {})}
        try:
            found = _save(gate, home, url, headers, wait)
        except NoAnswer as no:
            return Reference(capture=capture, url=url, reference=None, trouble=no.why)
        if found.trouble is not None:
            return Reference(capture=capture, url=url, reference=None, trouble=found.trouble)
        told = {"archive": home, "asked": url, "reference": found.reference, "at": hand.at.isoformat()}
        n = sum("/wayback-" in path for path in files_of(log.entries, capture)) + 1
        content = json.dumps(told, indent=1, sort_keys=True).encode() + b"\n"
        put(log, folder, hand, "wayback", {f"{CAPTURES}/{capture}/wayback-{n}.json": content})
    return Reference(capture=capture, url=url, reference=found.reference)


@dataclass(frozen=True)
class _Found:
    reference: str | None = None
    trouble: str | None = None


def _save(gate: Gate, home: str, url: str, headers: Mapping[str, str], wait: Callable[[float], None]) -> _Found:
    form = {**headers, "Content-Type": "application/x-www-form-urlencoded"}
    body = urlencode({"url": url, "capture_all": "1"}).encode()
    answer = ask(gate, f"{home}/save", method="POST", headers=form, body=body, caps=CAPS)
    if reference := _led_to(home, answer):
        return _Found(reference)
    if answer.status != 200:
        return _Found(trouble=f"the archive answers {answer.status}")
    job = _json(answer).get("job_id")
    if not isinstance(job, str) or not JOB.fullmatch(job):
        return _Found(trouble="the archive names no job")
    waited = 0.0
    while waited < PATIENCE_S:
        wait(EVERY_S)
        waited += EVERY_S
        told = _json(ask(gate, f"{home}/save/status/{job}", headers=headers, caps=CAPS))
        if told.get("status") == "success" and re.fullmatch(r"\d{14}", str(told.get("timestamp"))):
            return _Found(f"{home}/web/{told['timestamp']}/{told.get('original_url') or url}")
        if told.get("status") == "error":
            return _Found(trouble=f"the archive says {str(told.get('status_ext') or 'error')[:80]}")
    return _Found(trouble=f"the archive was not done after {PATIENCE_S:g} s")


def _led_to(home: str, answer: Exchange) -> str | None:
    """The copy that headers name, as archives answer that save at once."""
    for name in ("content-location", "location"):
        if (where := answer.header(name)) and SAVED.search(where):
            return where if where.startswith(("http://", "https://")) else home + where
    return None


def _json(answer: Exchange) -> dict[str, Any]:
    try:
        told = json.loads(answer.body())
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
