"""A small file with a group in it, whose every word means harm: what one drops on the page in the tests."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

HARM = (
    "<script>window.ran = 1</script>",
    '"><img src=x onerror="window.ran = 2">',
    "<svg/onload=window.ran=3> {{ 7 * 7 }} ${window.ran=4}",
    "</style></script><iframe srcdoc='<script>parent.ran=5</script>'></iframe>",
    "javascript:window.ran=6 =cmd|' /C calc'!A0",
    "\u202e\u2066\u200bevil\u2069 مرحبا بالعالم " + "x" * 400,
)
"""Texts of people who want a script to run, a formula to calculate or a layout to break."""

MEMBERS, OTHERS, LINKS = 8, 90, 24
START = datetime(2026, 5, 1, 8)


def write_crowd(path: Path, seed: int = 0) -> Path:
    """Members share each link within seconds of one another; the others share the same links over the day."""
    draw = Random(seed)
    rows = []
    for link in range(LINKS):
        at = START + timedelta(hours=7 * link, minutes=draw.randrange(60))
        address = f"https://ex{link}.example/{'<b>' if link % 5 == 0 else ''}story"
        for member in range(MEMBERS):
            rows.append(
                (f"m{member}{HARM[member % len(HARM)][:60]}", at + timedelta(seconds=draw.randrange(9)), address)
            )
        for other in draw.sample(range(OTHERS), 30):
            rows.append((f"o{other}", at + timedelta(seconds=draw.randrange(60, 86_400)), address))
    rows.sort(key=lambda row: (row[1], row[0]))
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("post_id", "account_id", "time", "text"))
        for number, (account, at, address) in enumerate(rows):
            table.writerow(
                (number, account, at.strftime("%Y-%m-%dT%H:%M:%SZ"), f"{HARM[number % len(HARM)]} #gate {address}")
            )
    return path
