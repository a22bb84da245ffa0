"""What a reader would have seen: the page drawn by Chromium, and its document after its scripts ran.

    address ──► Chromium, headless, behind `guarded_proxy` ──► PNG, HTML

The page is loaded a second time, so it may differ from the bytes that were kept; both are in the capture, each with
its time. Chromium loads whatever the page asks for, scripts included: hosts and bytes are written down. It starts with
an empty profile, without cookies and logins, and its sandbox stays on.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from groundswell.errors import Failed
from groundswell.evidence.fetch import clock
from groundswell.evidence.gate import Gate
from groundswell.evidence.guarded_proxy import Loaded, guarded_proxy
from groundswell.evidence.target import target

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
VIEWPORT = (1280, 2400)
MOST_BYTES = 128 << 20
LARGEST_DOCUMENT = 32 << 20
PNG = b"\x89PNG\r\n\x1a\n"

QUIET = (
    "--headless=new",
    "--incognito",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-pings",
    "--mute-audio",
    "--hide-scrollbars",
    "--disable-dev-shm-usage",
    "--disable-features=OptimizationHints,MediaRouter,Translate,InterestFeedContentSuggestions,DnsOverHttps",
)
ENCLOSED = (
    # Nothing past the proxy: no names looked up, no UDP, no way round it for loopback addresses.
    "--disable-quic",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--proxy-bypass-list=<-loopback>",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
)


class NoBrowser(Failed):
    """A page is to be drawn, and there is nothing to draw it with."""

    def __init__(self) -> None:
        super().__init__(
            "No Chromium was found, so the page can't be drawn.\n"
            f"  Looked for: {', '.join(NAMES)}.\n"
            "  Install it (Debian: `apt install chromium`), or capture the bytes alone, without `--page`."
        )


class NotDrawn(Failed):
    """Chromium ended without a picture."""

    def __init__(self, said: str) -> None:
        super().__init__(
            f"Chromium did not draw the page: {said}.\n"
            "  Nothing was kept. As root it refuses to start with its sandbox: use another user,\n"
            "  or capture the bytes alone, without `--page`."
        )


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A drawn page."""

    at: datetime
    picture: bytes = field(repr=False)
    document: bytes = field(repr=False)
    browser: str
    loaded: Loaded

    def as_json(self) -> dict[str, Any]:
        """How it was drawn and what was loaded for it, without the picture."""
        return {
            "at": self.at.isoformat(),
            "browser": self.browser,
            "viewport": list(VIEWPORT),
            "loaded": asdict(self.loaded),
        }


@dataclass(frozen=True, kw_only=True)
class Browser:
    """A Chromium, and how it is run."""

    program: str
    sandbox: bool = True
    """False lets a page's scripts out of their cage where Chromium has a hole; for use inside a container."""
    seconds: float = 60.0

    @classmethod
    def find(cls, *, sandbox: bool = True, seconds: float = 60.0) -> Browser:
        """The Chromium of this machine.

        Raises
        ------
        NoBrowser
        """
        program = next((found for name in NAMES if (found := shutil.which(name))), None)
        if program is None:
            raise NoBrowser
        return cls(program=program, sandbox=sandbox, seconds=seconds)

    def draw(self, url: str, gate: Gate, *, now: Callable[[], datetime] = clock) -> Seen:
        """Draw a page.

        Raises
        ------
        NotPublic
            The page itself may not be asked for.
        NotDrawn
        """
        to = target(url)
        gate.addresses(to)
        version = _run([self.program, "--version"], None, 20).decode("utf-8", "replace").strip()[:80]
        with (
            tempfile.TemporaryDirectory(prefix="groundswell-", ignore_cleanup_errors=True) as scratch,
            guarded_proxy(gate, seconds=self.seconds, most_bytes=MOST_BYTES) as (port, loaded),
        ):
            picture, at = Path(scratch) / "page.png", now()
            document = _run(
                [
                    self.program,
                    *QUIET,
                    *ENCLOSED,
                    *(() if self.sandbox else ("--no-sandbox",)),
                    f"--proxy-server=http://127.0.0.1:{port}",
                    f"--user-data-dir={scratch}/profile",
                    f"--window-size={VIEWPORT[0]},{VIEWPORT[1]}",
                    "--virtual-time-budget=10000",
                    f"--screenshot={picture}",
                    "--dump-dom",
                    to.url,
                ],
                scratch,
                self.seconds,
            )
            content = picture.read_bytes() if picture.is_file() else b""
        if not content.startswith(PNG):
            raise NotDrawn("it left no picture")
        return Seen(at=at, picture=content, document=document[:LARGEST_DOCUMENT], browser=version, loaded=loaded)


def _run(command: list[str], home: str | None, seconds: float) -> bytes:
    # Neither a proxy nor a key of the environment is any business of a page's scripts.
    passed = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "LC_ALL", "TZ")}
    if home is not None:
        passed |= {"HOME": home, "TMPDIR": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home}
    try:
        with subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=passed,
            start_new_session=True,
        ) as running:
            try:
                out, _ = running.communicate(timeout=seconds)
            except subprocess.TimeoutExpired:
                os.killpg(running.pid, 9)
                running.communicate()
                raise NotDrawn(f"it was not done after {seconds:g} s") from None
    except OSError as error:
        raise NotDrawn(str(error)) from None
    if running.returncode:
        raise NotDrawn(f"it ended with code {running.returncode}")
    return out
