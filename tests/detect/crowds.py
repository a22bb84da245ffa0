"""Small worlds for the group scan: an organic crowd, and what may be planted in it. All seeded."""

from __future__ import annotations

import numpy as np

from groundswell.detect.shares import Shares
from groundswell.model.table import text_column

DAY = 86_400
START = 1_714_521_600  # 2024-05-01
N_DAYS = 10

# Rows are (account, object, seconds since START); accounts and objects are text.


def crowd(seed=0, *, n_accounts=500, n_objects=200, n_shares=7000):
    """People who share what they like, when they see it: minutes to a day after it came out."""
    random = np.random.default_rng(seed)
    born = random.uniform(0, N_DAYS * DAY, n_objects)
    keen, liked = random.pareto(1.5, n_accounts) + 1, random.pareto(1.5, n_objects) + 1
    account = random.choice(n_accounts, n_shares, p=keen / keen.sum())
    thing = random.choice(n_objects, n_shares, p=liked / liked.sum())
    second = born[thing] + np.exp(random.normal(8.5, 1.5, n_shares))
    return [(f"c{a:04}", f"o{o:04}", float(s)) for a, o, s in zip(account, thing, second, strict=True)]


def campaign(seed=1, *, size=10, n_objects=12, pace_s=50.0, turnout=0.8, owned=False, name="x", leader=None):
    """Accounts that share the same objects within `pace_s`. With `leader`, that account opens every one of them."""
    random = np.random.default_rng(seed)
    rows = []
    for n in range(n_objects):
        thing = f"{name}-{n:03}" if owned else f"o{7 * n:04}"
        opens = random.uniform(0, N_DAYS * DAY)
        if leader is not None:
            rows.append((leader, thing, opens - 1.0))
        rows += [
            (f"{name}{member:03}", thing, opens + random.uniform(0, pace_s))
            for member in range(size)
            if random.random() < turnout
        ]
    return rows


def shares(rows, kind="url") -> Shares:
    """The rows as the scan reads them. Posts are named for their account and object."""
    account_ids, object_ids = sorted({row[0] for row in rows}), sorted({row[1] for row in rows})
    account_number = {name: n for n, name in enumerate(account_ids)}
    object_number = {name: n for n, name in enumerate(object_ids)}
    ordered = sorted(
        (object_number[thing], round((START + second) * 1e6), account_number[account])
        for account, thing, second in rows
    )
    thing, time_us, account = np.array(ordered, dtype=np.int64).reshape(-1, 3).T
    return Shares(
        kind=kind,
        account=account.astype(np.int32),
        object=thing.astype(np.int32),
        time_us=time_us.copy(),
        post=text_column(f"{account_ids[a]} on {object_ids[o]} at {t}" for o, t, a in ordered),
        account_ids=text_column(account_ids),
        object_ids=text_column(object_ids),
    )
