"""Ids of STIX objects that are the same whenever the same run is exported.

STIX 2.1 asks that observables have a UUID of version 5 over what identifies them (section 2.9), and that all other
objects have one of version 4. A random id would make every export new to its reader, so these are made of a hash
and marked as version 4: same run, same ids.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

OBSERVABLES = UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")
"""The namespace that STIX 2.1 names for observables."""


def object_id(sort: str, *named: str) -> str:
    """The id of an object that is no observable, from what names it.

    >>> object_id("note", "7f3a91c", "scope") == object_id("note", "7f3a91c", "scope")
    True
    """
    digest = sha256("\0".join(("groundswell", sort, *named)).encode("utf-8", "surrogatepass")).digest()
    return f"{sort}--{UUID(bytes=digest[:16], version=4)}"


def observable_id(sort: str, **identifying: Any) -> str:
    """The id of an observable, from the properties that identify it."""
    written = json.dumps(identifying, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return f"{sort}--{uuid5(OBSERVABLES, written)}"
