"""Who follows whom, as somebody listed it."""

from __future__ import annotations

from groundswell.model.table import TableContract

FOLLOWS = TableContract("follows", {"follower": "text", "followed": "text"}, order=("follower", "followed"))
"""A row a pair of account ids. A pair that is not listed is not known to be none: lists are seldom whole."""
