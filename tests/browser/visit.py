"""A person's way through the app, and what the browser complains about on the way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

WAIT_MS = 600_000
"""The longest that the analysis of the small file may take on a busy machine."""

# A drop as a browser makes it: Playwright has no gesture for files that come from outside the page.
DROP = """async ([name, text]) => {
    const carried = new DataTransfer();
    carried.items.add(new File([text], name));
    document.querySelector("#drop").dispatchEvent(new DragEvent("drop", {dataTransfer: carried, bubbles: true}));
}"""


@dataclass
class Visit:
    """A page of the browser, and all that was wrong while it was open."""

    page: Any
    complaints: list[str] = field(default_factory=list)

    def go(self, address: str) -> int:
        """Open an address; the answer's status."""
        answer = self.page.goto(address)
        return int(answer.status)


@contextmanager
def visit(browser: Any, served: str, **options: Any) -> Iterator[Visit]:
    """Come in by the address that was printed."""
    context = browser.new_context(accept_downloads=True, **options)
    context.set_default_timeout(60_000)
    found = Visit(context.new_page())
    found.page.on("console", lambda said: found.complaints.append(said.text) if said.type == "error" else None)
    found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
    found.page.on("dialog", lambda dialog: (found.complaints.append(f"dialog {dialog.message}"), dialog.dismiss()))
    try:
        found.go(served)
        yield found
    finally:
        context.close()


def analyse(page: Any, file: Path) -> str:
    """Drop a file, look at it, let it be read and analysed; the words of the work's page on the way."""
    page.evaluate(DROP, [file.name, file.read_text(encoding="utf-8")])
    page.wait_for_url("**/files/*")
    assert "This looks like" in page.inner_text("main")
    page.fill("input[name=campaign]", "#gate")
    page.get_by_role("button", name="Read it and look for groups").click()
    page.wait_for_url("**/progress")
    said = str(page.inner_text("main"))
    page.wait_for_url("**/runs/*/index.html", timeout=WAIT_MS)
    return said
