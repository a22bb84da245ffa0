"""``python -m groundswell``."""

from __future__ import annotations

from groundswell.cli.main import main

main()
