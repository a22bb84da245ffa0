"""The page of `brief` as PDF, printed by a Chromium of the machine: it shapes every script, and needs no package.

Same page, same browser: same bytes, for the time of printing is taken out.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from groundswell.errors import Failed
from groundswell.publish.exports.brief import brief_html
from groundswell.publish.exports.export import Export, Material

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
NAMED_BY = "GROUNDSWELL_CHROMIUM"
"""The environment variable that names another browser."""

LONGEST_S = 120
FLAGS = (
    *("--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-quic", "--no-pdf-header-footer"),
    # The page fetches nothing; should it ever try, there is nowhere to go.
    *("--host-resolver-rules=MAP * ~NOTFOUND", "--disable-javascript"),
)
_DATE = re.compile(rb"/(CreationDate|ModDate) \(D:\d{14}[^)]*\)")


class NoBrowser(Failed):
    """PDF was asked for and the machine has no Chromium."""

    def __init__(self) -> None:
        super().__init__(
            "Printing to PDF needs Chromium, and none was found on this machine.\n"
            f"  Looked for: {', '.join(BROWSERS)}; the variable {NAMED_BY} names another.\n"
            "  Install it (Debian: `apt install chromium`), or take `--format brief` and print the page yourself."
        )


def write(material: Material, path: Path) -> None:
    """Print the brief.

    Raises
    ------
    NoBrowser
        There is no Chromium.
    Failed
        It did not print.
    """
    browser = found_browser(os.environ)
    with tempfile.TemporaryDirectory(prefix="groundswell-print-") as folder:
        page, printed = Path(folder) / "brief.html", Path(folder) / "brief.pdf"
        page.write_bytes(brief_html(material).encode("utf-8"))
        # A browser refuses to sandbox for root, and a page that is ours and scripts nothing can do without.
        root = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
        command = [browser, *FLAGS, *root, f"--user-data-dir={folder}/profile", f"--print-to-pdf={printed}"]
        try:
            done = subprocess.run(
                [*command, page.as_uri()], capture_output=True, timeout=LONGEST_S, check=False, cwd=folder
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Failed(f"The browser {browser!r} did not print.\n  {error}\n  {_INSTEAD}") from None
        if not printed.is_file():
            seen = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
            raise Failed(f"The browser {browser!r} did not print.\n  {' '.join(seen)[:300]}\n  {_INSTEAD}")
        path.write_bytes(without_dates(printed.read_bytes()))


_INSTEAD = "Take `--format brief` and print the page yourself."


def found_browser(environment: Mapping[str, str]) -> str:
    """The Chromium to print with."""
    named = environment.get(NAMED_BY)
    for name in (named,) if named else BROWSERS:
        if place := shutil.which(name, path=environment.get("PATH")):
            return place
    raise NoBrowser


def without_dates(pdf: bytes) -> bytes:
    """A PDF whose times of making are those of no clock; every byte keeps its place.

    >>> without_dates(b"/CreationDate (D:20240501100000+00'00')")
    b"/CreationDate (D:19700101000000+00'00')"
    """
    return _DATE.sub(lambda found: re.sub(rb"D:\d{14}", b"D:19700101000000", found[0]), pdf)


EXPORT = Export(name="brief-pdf", title="the run on one page (PDF, needs Chromium)", suffix=".pdf", write=write)
