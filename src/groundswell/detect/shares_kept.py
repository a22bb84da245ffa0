"""Shares kept as arrays beside the traces, so that links in another window need not read the traces again.

    traces.parquet ──once──► shares/ 00-account.npy, 00-object.npy, 00-time_us.npy, …, shares.json ──mapped──► Shares

The arrays hold numbers only: who stands behind a number is asked of the traces. They belong to the traces whose
SHA-256 stands in ``shares.json`` and are made anew for any others. What was written by somebody else is not believed:
arrays that don't fit are made anew too, for the kernels trust their numbers.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from groundswell.detect.shares import IDS, Shares, shares_of
from groundswell.engine.engine import Engine

DTYPES = {"account": np.int32, "object": np.int32, "time_us": np.int64}
LIST = "shares.json"


def kept_shares(engine: Engine, traces: Path) -> Iterator[Shares]:
    """The shares of each kind, by name of the kind, from the arrays beside the traces; makes them if they are missing.

    Parameters
    ----------
    engine
        Holds the view ``traces``, of this file.
    traces
        The Parquet file of the traces. The arrays stand in the folder ``shares`` beside it. Where nothing can be
        written they are made in memory, and made again the next time.

    Returns
    -------
    `Shares` of which `object_ids` are numbers and `post` is empty
        They serve to count links, and not to show their posts.
    """
    folder = traces.parent / "shares"
    with traces.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    kinds = [kind for (kind,) in engine.rows("select distinct kind from traces order by kind")]
    listed = _listed(folder, sha256)
    if listed is None or [entry["kind"] for entry in listed] != kinds:
        listed = []
        for kind in kinds:
            layer = shares_of(engine, kind)
            listed.append(
                {"kind": kind, "n": layer.n, "accounts": len(layer.account_ids), "objects": len(layer.object_ids)}
            )
            yield _bare(layer)
            _keep(folder, len(listed) - 1, layer)
        _write(folder / LIST, json.dumps({"traces": sha256, "kinds": listed}, indent=2).encode())
        return
    for number, entry in enumerate(listed):
        account_ids = engine.query(IDS.format("account_id"), kind=entry["kind"])["id"]
        arrays = _mapped(folder, number, entry, len(account_ids))
        if arrays is None:
            layer = shares_of(engine, entry["kind"])
            yield _bare(layer)
            _keep(folder, number, layer)
        else:
            yield Shares(
                kind=entry["kind"],
                **arrays,
                post=np.empty(0, dtype=object),
                account_ids=account_ids,
                object_ids=np.arange(entry["objects"]),
            )


def _bare(layer: Shares) -> Shares:
    return Shares(
        kind=layer.kind,
        account=layer.account,
        object=layer.object,
        time_us=layer.time_us,
        post=np.empty(0, dtype=object),
        account_ids=layer.account_ids,
        object_ids=np.arange(len(layer.object_ids)),
    )


def _listed(folder: Path, sha256: str) -> list[dict[str, Any]] | None:
    """What is kept of these traces; None if it is of others or can't be read."""
    try:
        told = json.loads((folder / LIST).read_text(encoding="utf-8"))
        if told["traces"] != sha256:
            return None
        return [
            {"kind": str(one["kind"]), **{name: int(one[name]) for name in ("n", "accounts", "objects")}}
            for one in told["kinds"]
        ]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _mapped(folder: Path, number: int, entry: dict[str, Any], n_accounts: int) -> dict[str, Any] | None:
    """The three arrays of a kind; None if they are not what the list says, or would lead a kernel astray."""
    arrays = {}
    for name, dtype in DTYPES.items():
        try:
            array = np.load(_path(folder, number, name), mmap_mode="c", allow_pickle=False)
        except (OSError, ValueError, EOFError):
            return None
        if array.dtype != dtype or array.shape != (entry["n"],):
            return None
        arrays[name] = np.asarray(array)
    if entry["n"] and not (
        _inside(arrays["account"], n_accounts)
        and _inside(arrays["object"], entry["objects"])
        and entry["objects"] <= entry["n"]
        and bool((np.diff(arrays["object"]) >= 0).all())
    ):
        return None
    return arrays


def _inside(numbers: np.ndarray[Any, Any], n: int) -> bool:
    return bool(numbers.min() >= 0 and numbers.max() < n)


def _keep(folder: Path, number: int, layer: Shares) -> None:
    for name in DTYPES:
        array = getattr(layer, name)
        aside = _path(folder, number, name).with_suffix(f".part-{os.getpid()}.npy")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            np.save(aside, array, allow_pickle=False)
            aside.replace(_path(folder, number, name))
        except OSError:  # no room, or not ours to write: the next time takes as long as this one
            aside.unlink(missing_ok=True)
            return


def _write(path: Path, content: bytes) -> None:
    aside = path.with_suffix(f".part-{os.getpid()}")
    try:
        aside.write_bytes(content)
        aside.replace(path)
    except OSError:
        aside.unlink(missing_ok=True)


def _path(folder: Path, number: int, name: str) -> Path:
    return folder / f"{number:02}-{name}.npy"
