"""A world as a file that people could have been sent, and the truth beside it.

    world ──► planted.csv · planted.csv.gz · planted.parquet        by the name's ending
              planted.csv.truth.parquet                             account_id, group

Every row says that it is made up: its platform is ``made-up``. Equal worlds give equal bytes.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from groundswell.engine.duck import Duck
from groundswell.errors import WrongUse
from groundswell.model.follow import FOLLOWS
from groundswell.model.table import Columns, TableContract, n_rows, text_column
from groundswell.simulate.scenario import SHARE_LOG, TRUTH, World

POSTS_FILE = TableContract(
    "posts_file",
    {
        "platform": "text",
        "account_id": "text",
        "time": "text",
        "post_id": "text",
        "text": "text",
        "lang": "text",
        "urls": "text",
        "hashtags": "text",
        "mentions": "text",
        "is_repost": "text",
        "repost_of": "text",
        "repost_of_account": "text",
        "reply_to": "text",
        "client": "text",
        "handle": "text",
        "name": "text",
        "bio": "text",
        "picture": "text",
        "account_created_at": "text",
        "followers": "bigint",
        "following": "bigint",
        "n_posts": "bigint",
    },
    order=("time", "post_id"),
)
"""A post a row with its author's profile. Lists are JSON, times are ISO 8601 in UTC."""

MEMORY = "1GB"
"""Enough for a million rows; a log of ten million spills to disk instead of doubling what the world takes."""

LISTS = ("urls", "hashtags", "mentions")
PROFILE = {"account_created_at": "created_at"} | {
    name: name for name in ("handle", "name", "bio", "picture", "followers", "following", "n_posts")
}
"""Column of the file to column of the accounts."""


def write(world: World, path: Path) -> Path:
    """Write a world to `path` and its truth beside it.

    Parameters
    ----------
    world
        What to write.
    path
        Ends in ``.csv``, ``.csv.gz`` or ``.parquet``.

    Returns
    -------
    path
        Of the truth: the same name with ``.truth.parquet`` after it.

    Raises
    ------
    WrongUse
        The name ends otherwise.
    """
    _write_as(path, *_as_file(world))
    truth = path.with_name(path.name + ".truth.parquet")
    _write_parquet(TRUTH, world.truth, truth)
    return truth


def write_follows(world: World, path: Path) -> int:
    """Write who follows whom in a world, to a file named as for `write`; returns the number of pairs.

    Raises
    ------
    WrongUse
        The world knows of nobody who follows anybody, or the name ends otherwise.
    """
    follows = world.follows()
    if not (n := n_rows(follows)):
        raise WrongUse(
            "Nobody in this scenario is known to follow anybody.\n"
            "  Share logs have a follow list: `groundswell simulate fast -o fast.csv --follows follows.csv`."
        )
    _write_as(path, FOLLOWS, follows)
    return n


def _write_as(path: Path, contract: TableContract, columns: Columns) -> None:
    if path.name.endswith((".csv", ".csv.gz")):
        _write_csv(contract, columns, path)
    elif path.name.endswith(".parquet"):
        _write_parquet(contract, columns, path)
    else:
        raise WrongUse(
            f"{path.name!r} does not say how to write it.\n"
            "  Known endings are .csv, .csv.gz and .parquet.\n"
            f"  Try {path.stem + '.csv'!r}."
        )


def _as_file(world: World) -> tuple[TableContract, Columns]:
    if world.shares is not None:
        return SHARE_LOG, world.shares
    assert world.posts is not None
    assert world.accounts is not None
    return POSTS_FILE, _posts_with_profiles(world.posts, world.accounts)


def _posts_with_profiles(posts: Columns, accounts: Columns) -> Columns:
    """One row a post, its author's profile repeated in each."""
    row_of = {account_id: row for row, account_id in enumerate(accounts["account_id"])}
    author = np.array([row_of[account_id] for account_id in posts["account_id"]], dtype=np.int64)
    columns = {name: posts[name] for name in POSTS_FILE.columns if name in posts}
    columns |= {name: accounts[source][author] for name, source in PROFILE.items()}
    columns |= {name: text_column(_json(value) for value in posts[name]) for name in LISTS}
    columns |= {
        "time": text_column(map(_iso, posts["time"])),
        "account_created_at": text_column(map(_iso, columns["account_created_at"])),
        "is_repost": text_column("true" if repost else "false" for repost in posts["is_repost"]),
    }
    return columns


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(list(value), ensure_ascii=False)


def _iso(moment: np.datetime64) -> str | None:
    return None if np.isnat(moment) else f"{np.datetime_as_string(moment, unit='s')}Z"


def _write_csv(contract: TableContract, columns: Columns, path: Path) -> None:
    with _text_file(path) as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(contract.columns)
        rows.writerows(zip(*(columns[name].tolist() for name in contract.columns), strict=True))


@contextmanager
def _text_file(path: Path) -> Iterator[io.TextIOBase]:
    """A file to write text to; compressed, and without a clock's trace, if its name ends in .gz."""
    with path.open("wb") as raw:
        if path.name.endswith(".gz"):
            with (
                gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed,
                io.TextIOWrapper(packed, encoding="utf-8", newline="") as text,
            ):
                yield text
        else:
            with io.TextIOWrapper(raw, encoding="utf-8", newline="") as text:
                yield text


def _write_parquet(contract: TableContract, columns: Columns, path: Path) -> None:
    with Duck(memory=MEMORY) as engine:
        engine.load(contract, columns if n_rows(columns) else contract.empty())
        engine.save(contract, path)
