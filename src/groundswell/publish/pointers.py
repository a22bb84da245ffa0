"""How a post is pointed to without naming it: by the file's hash and the row in it.

A post's id leads straight to its account. Its row leads there only for a person who holds the file, and holding
the file is what a reader needs to check the claim anyway.
"""

from __future__ import annotations

from collections.abc import Iterable

from groundswell.publish.edition import Edition

HASH_DIGITS = 8

ROWS = """
select post_id, min((source_file, source_row)) as at from posts
where post_id in (select unnest($post_ids)) and source_file is not null group by post_id
"""


class Pointers:
    """Where the posts that an edition speaks of stand in its files."""

    def __init__(self, edition: Edition, post_ids: Iterable[str]) -> None:
        """Look up the posts, once for all."""
        self._redaction = edition.redaction
        self._file_names = {ledger.sha256: ledger.path for ledger in edition.ledgers}
        self._shown = edition.parameters.show_handles
        asked = sorted(set(post_ids))
        found = edition.engine.rows(ROWS, post_ids=asked) if asked and not self._shown else []
        self._rows = {
            post_id: (at[0], at[1]) if not isinstance(at, dict) else tuple(at.values()) for post_id, at in found
        }

    def post(self, post_id: str) -> str:
        """``9be1a2b3:118``: the file's SHA-256, cut short, and the row; the id itself where handles are shown."""
        if self._shown or post_id not in self._rows:
            return self._redaction.post(post_id)
        file, row = self._rows[post_id]
        return f"{file[:HASH_DIGITS]}:{row}"

    def in_words(self, source_file: str | None, source_row: int | None) -> str:
        """Where a post stands, for a person."""
        if source_file is None or source_row is None:
            return "Not among the posts that were read."
        name = self._file_names.get(source_file)
        return f"Row {source_row:,} of {name or 'the file with SHA-256 ' + source_file[:HASH_DIGITS] + '…'}"
