"""What the tests ask of a study that was collected."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from groundswell.engine.duck import Duck
from groundswell.store.raw import unpacked
from groundswell.store.study import Study


def posts(study: Study, columns: str = "post_id") -> list[tuple[Any, ...]]:
    """Rows of the posts, in the order of the ids."""
    with Duck() as engine:
        study.open_tables(engine)
        return engine.rows(f"select {columns} from posts order by post_id")


def left_out(study: Study) -> dict[str, int]:
    """Rows left out of all files, by reason."""
    total: dict[str, int] = {}
    for entry in study.ledgers():
        for one in entry.left_out:
            total[one.reason] = total.get(one.reason, 0) + one.rows
    return total


def raw(study: Study) -> str:
    """Every raw byte of the study, unpacked."""
    whole = b""
    for path in sorted(study.raw.iterdir()):
        with unpacked(path) as source:
            whole += source.read()
    return whole.decode()


def everything(study: Study) -> str:
    """Every file of the study as text: what is packed is unpacked, and tables are written out."""
    told = []
    for path in sorted(path for path in study.folder.rglob("*") if path.is_file()):
        if path.suffix == ".parquet":
            with Duck() as engine:
                told.append(str(engine.rows("select * from read_parquet($path)", path=str(path))))
        elif path.suffix != ".zst":
            told.append(path.read_bytes().decode("utf-8", "replace"))
    return "\n".join([*told, raw(study)])


def raw_is_named_by_its_hash(study: Study) -> bool:
    """Whether each ledger entry's raw bytes are there, and nothing else is."""
    named = {json.loads(path.read_text())["raw"] for path in (study.folder / "ledger").iterdir()}
    return {path.stem for path in study.raw.iterdir()} == named - {None}


def journals(study: Study) -> list[Path]:
    """Journals that are not sealed."""
    return sorted((study.folder / "live").rglob("*.jsonl"))
