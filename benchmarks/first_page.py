"""How soon can somebody use the first page, and how much of it goes over the wire?

    groundswell demo ──► groundswell serve ──► Chromium, cold ──► bytes, requests, milliseconds

Needs Chromium and the built scripts (`make web`). The medians of five visits, each in a browser context of its own.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import sync_playwright

from groundswell import pipeline

VISITS = 5
FLAGS = ("--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync")
TIMES = """() => {
    const told = performance.getEntriesByType("navigation")[0];
    const painted = performance.getEntriesByName("first-contentful-paint")[0];
    return {
        "first byte": told.responseStart,
        "first paint": painted ? painted.startTime : NaN,
        "interactive": told.domContentLoadedEventEnd,
        "loaded": told.loadEventEnd,
    };
}"""
"""Milliseconds since the address was entered. Scripts are deferred, so they have run when the page is interactive."""


def visited(browser: Any, address: str) -> tuple[dict[str, float], int, set[str]]:
    """The times of one visit, its bytes as they are sent, and the hosts that were asked."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    answers: list[Any] = []
    page.on("response", lambda answer: answers.append(answer))  # a built-in is no handler
    page.goto(address, wait_until="load")
    page.wait_for_timeout(300)
    times = page.evaluate(TIMES)
    sent = sum(len(one.body()) for one in answers if one.status == 200)
    hosts = {one.url.split("/")[2] for one in answers}
    context.close()
    return times, sent, hosts


def main() -> None:
    """Print one line a figure."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as place:
        pipeline.demo(Path(place) / "demo")
        study = Path(place) / "demo" / "campaign" / "study"
        command = [sys.executable, "-m", "groundswell", "serve", str(study), "--no-open"]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert server.stdout is not None
        address = next(line.strip() for line in server.stdout if re.match(r"http://127\.0\.0\.1:\d+/\?token=", line))
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=chromium, args=list(FLAGS))
            visits = [visited(browser, address) for _ in range(VISITS)]
            browser.close()
        server.terminate()
        server.wait(30)
    for name in visits[0][0]:
        sys.stdout.write(f"{name:12} {median(times[name] for times, _, _ in visits):7.0f} ms\n")
    sys.stdout.write(f"{'bytes':12} {max(sent for _, sent, _ in visits):7,}\n")
    sys.stdout.write(f"{'hosts':12} {len(set.union(*(hosts for _, _, hosts in visits))):7}\n")


if __name__ == "__main__":
    main()
