"""What the app may show: the pages and tables that runs have stored. It opens files and computes nothing."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from groundswell.errors import GroundswellError
from groundswell.publish.site.sheet import Sheet, read_sheet
from groundswell.store.study import Study
from groundswell.web.accounts import Accounts
from groundswell.web.looks import panels

RUN_ID = re.compile(r"[0-9a-z-]{1,40}")
ADDRESS = re.compile(r"(?:[a-z]+/)?[A-Za-z0-9_-]{1,80}\.html")
FILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,80}")


class Shelf:
    """The stored pages of a study."""

    def __init__(self, study: Study) -> None:
        """Stand before a study that exists; it may have no run yet."""
        self.study = study
        self.accounts = Accounts(study)

    def warm(self) -> None:
        """Make what the first reader would wait for: the names of accounts, and the first look at the panels."""
        with suppress(GroundswellError):  # An empty study has neither.
            if self.latest is not None:
                _ = self.accounts.redaction
                panels(self.study, {})

    @property
    def latest(self) -> str | None:
        """The run that finished last and has pages."""
        folder = self.study.latest_run()
        return folder.name if folder is not None and (folder / "pages" / "pages.json").is_file() else None

    @property
    def runs(self) -> tuple[str, ...]:
        """Every run that has pages, the one that finished last first."""
        found = (self.study.folder / "runs").glob("*/pages/pages.json")
        dated = sorted((page.stat().st_mtime, page.parent.parent.name) for page in found)
        return tuple(sorted((name for _, name in reversed(dated)), key=lambda name: name != self.latest))

    def row(self, run_id: str) -> list[tuple[str, str]]:
        """The pages at the top of every page of a run: words and address."""
        places = (self._pages(run_id) / name for name in ("pages.json", "beside.json"))
        listed = [one for place in places if place.is_file() for one in _json(place, place.stat().st_mtime_ns)]
        return [(one["words"], one["address"]) for one in listed if one["in_the_row"]]

    def sheet(self, run_id: str, address: str) -> Sheet | None:
        """A page of a run; None where there is none, or where the address is none of ours."""
        if not (RUN_ID.fullmatch(run_id) and ADDRESS.fullmatch(address)):
            return None
        return read_sheet(self._pages(run_id), address)

    def file(self, run_id: str, name: str) -> Path | None:
        """A table of a run, to be downloaded."""
        if not (RUN_ID.fullmatch(run_id) and FILE.fullmatch(name)):
            return None
        place = self._pages(run_id) / "data" / name
        return place if place.is_file() else None

    def about(self, run_id: str) -> dict[str, Any]:
        """What the sidecars say of a run: its headline, scope and dates."""
        place = self._pages(run_id) / "data" / "groups.json.about.json"
        return dict(_json(place, place.stat().st_mtime_ns))

    def groups(self, run_id: str) -> list[dict[str, Any]]:
        """The groups of a run as they are published: pseudonyms, outcomes, layers."""
        place = self._pages(run_id) / "data" / "groups.json"
        return list(_json(place, place.stat().st_mtime_ns)["groups"])

    def _pages(self, run_id: str) -> Path:
        return self.study.run_folder(run_id) / "pages"


@lru_cache(maxsize=32)
def _json(place: Path, _changed: int) -> Any:
    return json.loads(place.read_text(encoding="utf-8"))
