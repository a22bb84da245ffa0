"""Posts for tests, one dict each; whatever is not said is unknown."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np

from groundswell.engine.duck import Duck
from groundswell.model.post import POSTS


def write_posts(engine: Duck, *posts: dict[str, Any]) -> Duck:
    """Give the engine just these posts; each needs ``account_id``, and ``time`` as ``hh:mm:ss``."""
    rows = []
    for number, post in enumerate(posts, 1):
        row = {"platform": "made-up", "post_id": f"p{number}", "is_repost": False, "source_row": number, **post}
        row["time"] = datetime.fromisoformat(f"2024-05-01T{post.get('time', '10:00:00')}")
        rows.append(row)
    columns = {}
    for name, kind in POSTS.columns.items():
        column = np.empty(len(rows), dtype=object)
        for at, row in enumerate(rows):
            column[at] = row.get(name)
        columns[name] = column.astype("datetime64[us]") if kind == "timestamp" else column
    engine.load(POSTS, columns)
    return engine
