"""Where the command begins: loading takes a second or two, and Ctrl-C must end that politely too."""

from __future__ import annotations

import sys

from groundswell.errors import STOPPED


def main() -> None:
    """Load the command line and run it."""
    try:
        from groundswell.cli.main import main as run
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped before anything began.\n")
        raise SystemExit(STOPPED) from None
    run()
