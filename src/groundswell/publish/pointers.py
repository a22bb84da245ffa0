"""How a post is pointed to without naming it: by the file's hash and the row in it.

A post's id leads straight to its account. Its row leads there only for a person who holds the file, and holding
the file is what a reader needs to check the claim anyway.
"""

from __future__ import annotations

from collections.abc import Iterable

from groundswell.assess.wording import listed
from groundswell.publish.edition import Edition

HASH_DIGITS = 8

ROWS = """
select post_id, min_by(source_file, (source_file, source_row)), min_by(source_row, (source_file, source_row))
from posts
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
        self._rows: dict[str, tuple[str, int]] = {post_id: (file, row) for post_id, file, row in found}

    def post(self, post_id: str) -> str:
        """``9be1a2b3:118``: the file's SHA-256, cut short, and the row; the id itself where handles are shown."""
        if self._shown or post_id not in self._rows:
            return self._redaction.post(post_id)
        file, row = self._rows[post_id]
        return f"{file[:HASH_DIGITS]}:{row}"

    def listed(self, post_ids: Iterable[str], most: int) -> str:
        """Where several posts stand, for a person: «rows 3 and 4 of posts.csv; 16 more». Empty without posts."""
        posts = list(dict.fromkeys(post_ids))
        named = posts[:most]
        rows: dict[str, list[int]] = {}
        for file, row in sorted(self._rows[post] for post in named if post in self._rows):
            rows.setdefault(file, []).append(row)
        said = [
            f"{'row' if len(numbers) == 1 else 'rows'} {listed([f'{row:,}' for row in numbers])} of {self._file(file)}"
            for file, numbers in rows.items()
        ]
        said += [self._redaction.post(post) for post in named if post not in self._rows]
        more = len(posts) - len(named)
        return "; ".join(said) + (f"; {more:,} more" if more else "")

    def in_words(self, source_file: str | None, source_row: int | None) -> str:
        """Where a post stands, for a person."""
        if source_file is None or source_row is None:
            return "Not among the posts that were read."
        return f"Row {source_row:,} of {self._file(source_file)}"

    def _file(self, sha256: str) -> str:
        return self._file_names.get(sha256) or f"the file with SHA-256 {sha256[:HASH_DIGITS]}…"
