"""Addresses that can be read and not followed: hxxps, and brackets around the dots of the host."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"^(h)tt(ps?)(://)([^/?#]*)(.*)$", re.IGNORECASE | re.DOTALL)


def defanged(value: str) -> str:
    """An address or a domain that no program takes for a link.

    >>> defanged("https://news.example/a.html"), defanged("news.example")
    ('hxxps://news[.]example/a.html', 'news[.]example')
    """
    if match := _ADDRESS.match(value):
        return f"{match[1]}xx{match[2]}{match[3]}{match[4].replace('.', '[.]')}{match[5]}"
    return value.replace(".", "[.]")
