"""A link: two accounts that shared objects within a window, with what chance expects. A meeting: its two posts."""

from __future__ import annotations

from groundswell.model.table import TableContract

LINKS = TableContract(
    "links",
    {
        "account_a": "text",
        "account_b": "text",
        "kind": "text",
        "window_s": "double",
        "n_objects": "bigint",
        "n_shared": "bigint",
        "expected": "double",
        "p_timing": "double",
        "p_selection": "double",
        "q_timing": "double",
        "q_selection": "double",
        "first_time": "timestamp",
        "last_time": "timestamp",
    },
    order=("kind", "window_s", "account_a", "account_b"),
)
"""`account_a < account_b` as text. `n_objects`: distinct objects both shared within `window_s`; `n_shared`: objects
both shared at any time; `expected`: meetings that the timing null expects. One row a pair, kind and window."""

MEETINGS = TableContract(
    "meetings",
    {
        "account_a": "text",
        "account_b": "text",
        "kind": "text",
        "object_id": "text",
        "post_a": "text",
        "post_b": "text",
        "time_a": "timestamp",
        "time_b": "timestamp",
        "lag_s": "double",
    },
    order=("kind", "account_a", "account_b", "object_id"),
)
"""The two closest posts of a pair on one object. `lag_s` is time_b - time_a in seconds, negative when B was first."""

GROUP_MEMBERS = TableContract(
    "groups",
    {"group_id": "text", "account_id": "text", "kind": "text"},
    order=("group_id", "account_id", "kind"),
)
"""Reported groups only: a row for each member and each kind of trace in which the group beats chance."""
