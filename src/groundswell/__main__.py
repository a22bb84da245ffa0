"""``python -m groundswell``."""

from __future__ import annotations

from groundswell.cli.start import main

main()
