"""The contest bundle: a run packed so that a stranger can compute it again, and the computing again.

study ──bundle──► FILE ──verify──► each figure holds, differs, or can't be checked
"""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from groundswell.engine.duck import Duck
from groundswell.engine.meter import Meter
from groundswell.errors import GroundswellError, WrongUse
from groundswell.model.follow import FOLLOWS
from groundswell.model.group import Group
from groundswell.model.ledger import FileLedger
from groundswell.model.post import ACCOUNTS, POSTS
from groundswell.model.progress import Progress, silent
from groundswell.model.records import revive
from groundswell.model.trace import TRACES
from groundswell.pipeline.assessing import assess_into
from groundswell.pipeline.detecting import detect_into
from groundswell.pipeline.run_record import (
    LIBRARIES,
    MADE_BY,
    VERSION,
    latest_folder,
    open_latest,
    parameters_of,
    run_id_of,
)
from groundswell.pipeline.tracing import trace_into
from groundswell.publish.bundle import DISPUTE_TEMPLATE, readme, write_bundle
from groundswell.publish.bundle_code import code_digest
from groundswell.publish.bundle_figures import Checked, Outcome, compare, figures, table_figures
from groundswell.publish.bundle_reading import Bundle, Refused, open_bundle
from groundswell.publish.bundle_salting import Salting
from groundswell.store.follows import adopt_follows, read_follows
from groundswell.store.run_folder import TABLES, read_json, write_json
from groundswell.store.segments import write_whole
from groundswell.store.study import Study

FIGURES = ("groups", "findings", "multiverse", "power")
"""Files of a run whose every figure is held against the one computed again."""

NEEDS_WORDS = "needs words or profiles, which a bundle with salted ids does not hold"
SALTED_CHECKS = ("shares",)
"""Parts of the findings that need no words."""

MOST_WINDOWS, MOST_PLANTED = 20, 200
"""What a bundle may ask of this machine."""


CAMPAIGN_LEFT_OUT = "needs the campaign that was asked for, which a bundle with salted ids does not hold"

BROKEN = (
    duckdb.Error,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    ArithmeticError,
    MemoryError,
    RecursionError,
)
"""What computing with forged data may raise. An error of ours would show on every bundle, forged or not."""


@dataclass(frozen=True, kw_only=True)
class Packed:
    """A bundle that was written."""

    path: Path
    sha256: str
    n_bytes: int
    salted: bool
    n_posts: int
    n_accounts: int
    n_figures: int

    def as_json(self) -> dict[str, Any]:
        """As `bundle --json` prints it."""
        return {**asdict(self), "path": str(self.path)}


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What computing a bundle again gave."""

    path: Path
    sha256: str
    made_by: str
    checked_by: str
    same_code: bool
    """Whether the code that packed it is this one. A run made by older code of one version number may differ."""
    run_id: str
    salted: bool
    checked: tuple[Checked, ...]

    def of(self, outcome: Outcome) -> tuple[Checked, ...]:
        """The figures with this outcome."""
        return tuple(one for one in self.checked if one.outcome is outcome)

    def as_json(self) -> dict[str, Any]:
        """As `verify --json` prints it: the figures that hold are counted, the others listed."""
        counts = {str(outcome): len(self.of(outcome)) for outcome in Outcome}
        told = {name: value for name, value in asdict(self).items() if name not in ("checked", "path")}
        listed = [one.as_json() for one in self.checked if one.outcome is not Outcome.HOLDS]
        return {**told, "bundle": str(self.path), "figures": len(self.checked), "counts": counts, "listed": listed}


def bundle(
    study: Study, out: Path, *, finding: str | None = None, salted: bool = False, progress: Progress = silent
) -> Packed:
    """Pack the study's latest run.

    Parameters
    ----------
    finding
        Name of a group: only its figures are listed. The data are all, for chance is measured on all of them.
    salted
        Leave out names, words and links, and give accounts, posts and objects salted ids. The salt stays in the
        study.
    """
    if out.exists():
        raise WrongUse(f"{str(out)!r} is in the way.\n  Nothing of yours is written over. Name a new file: `-o FILE`.")
    out.absolute().parent.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix=".bundle-", dir=out.absolute().parent) as aside,
        Duck(spill=Path(aside) / "spill") as engine,
    ):
        folder = Path(aside) / "bundle"
        groups, record = open_latest(study, engine)
        if finding is not None and finding not in {group.group_id for group in groups}:
            named = ", ".join(group.group_id for group in groups) or "none"
            raise WrongUse(f"This run has no finding {finding!r}.\n  It has: {named}.")
        progress("Packing the data", 0, 2)
        salting = Salting(engine, _salt(study)) if salted else None
        _put_data(study, engine, folder / "data", salting)
        _put_figures(study, engine, folder / "expected", salting)
        written = {name: record[name] for name in sorted(record) if name not in ("durations_s", "peak_memory_mb")}
        if salted:
            written["parameters"] = {**written["parameters"], "campaign": None}
        write_json(folder / "run.json", written)
        ((n_posts, n_accounts),) = engine.rows("select count(*), count(distinct account_id) from posts")
        made_up = engine.rows("select count(*) filter (platform <> 'made-up') from posts") == [(0,)]
        told = readme(
            name=study.name,
            run_id=record["run_id"],
            version=VERSION,
            salted=salted,
            finding=finding,
            made_up=made_up,
        )
        write_whole(folder / "README.txt", told)
        write_whole(folder / "dispute.toml", DISPUTE_TEMPLATE)
        about = {
            "made_by": record["made_by"],
            "packed_by": MADE_BY,
            "code_sha256": code_digest(),
            "python": platform.python_version(),
            "libraries": {name: record["libraries"].get(name) for name in LIBRARIES},
            "run_id": record["run_id"],
            "salted": salted,
            "finding": finding,
        }
        n_figures = len(_expected(folder, finding))
        progress("Packing the data", 1, 2)
        digest = write_bundle(folder, Path(aside) / "packed", about)
        (Path(aside) / "packed").replace(out)
        progress("Packing the data", 2, 2)
    return Packed(
        path=out,
        sha256=digest,
        n_bytes=out.stat().st_size,
        salted=salted,
        n_posts=n_posts,
        n_accounts=n_accounts,
        n_figures=n_figures,
    )


def verify(path: Path, *, memory: str | None = None, progress: Progress = silent) -> Verified:
    """Compute a bundle's run again from its data, and hold every figure against the one it gives.

    Parameters
    ----------
    memory
        Most memory the database may take, such as ``"2GB"``.

    Raises
    ------
    Refused
        It is no bundle, or holds more than data, or its data can't be read.
    """
    if not path.is_file():
        raise WrongUse(f"There is no file {str(path)!r}.\n  Name a bundle, as `groundswell bundle` writes it.")
    with tempfile.TemporaryDirectory(prefix="groundswell-verify-") as place:
        opened = open_bundle(path, Path(place) / "bundle")
        try:
            with Duck(memory=memory, spill=Path(place) / "spill") as engine:
                return _verify(path, opened, Path(place) / "study", engine, progress)
        except GroundswellError:
            raise
        except BROKEN as error:
            # Whatever a forged record or table breaks, it breaks here, in words and without a trace of ours.
            raise Refused(
                path, f"its data can't be computed with ({type(error).__name__}: {str(error)[:150]})."
            ) from None


def _verify(path: Path, opened: Bundle, place: Path, engine: Duck, progress: Progress) -> Verified:
    record, about = opened.json("run.json"), opened.about
    salted, finding = about["salted"] is True, about["finding"]
    parameters = parameters_of(record)
    if len(parameters.windows) > MOST_WINDOWS or parameters.power > MOST_PLANTED:
        raise Refused(path, f"it asks for more than {MOST_WINDOWS} windows or {MOST_PLANTED} planted campaigns.")
    _check_rows(path, opened, engine)
    study = _study_of(opened, place, str(record["name"]))
    kinds = tuple(sorted(record["traces"]))
    if salted:
        data = opened.folder / "data"
        engine.open(POSTS, [data / "posts.parquet"])
        engine.load(ACCOUNTS, ACCOUNTS.empty())
        engine.open(TRACES, [data / "traces.parquet"])
    else:
        trace_into(study, engine, kinds=kinds, progress=progress)
    older = tuple(revive(Group, one) for one in opened.json("expected/groups.json"))
    groups, found = detect_into(
        study, engine, parameters, Meter(), older=older, columns=record["columns"], progress=progress
    )
    found |= {name: record[name] for name in ("parameters", "follow_lists") if name in record}
    assess_into(study, engine, groups, found, progress=progress)
    again = place.parent / "again"
    _put_figures(study, engine, again / "expected", None)
    cannot = _words_needed(opened.json("expected/findings.json")) if salted else {}
    expected = _expected(opened.folder, finding)
    computed = _expected(again, finding)
    if found["made_by"] == record["made_by"]:
        expected["run.run_id"], computed["run.run_id"] = record["run_id"], run_id_of(found)
    if salted:
        cannot["run.run_id"] = CAMPAIGN_LEFT_OUT
        computed = {name: value for name, value in computed.items() if name in expected or name.startswith("groups")}
    return Verified(
        path=path,
        sha256=opened.sha256,
        made_by=str(record["made_by"]),
        checked_by=MADE_BY,
        same_code=about.get("code_sha256") == code_digest(),
        run_id=str(record["run_id"]),
        salted=salted,
        checked=compare(expected, computed, cannot),
    )


def _check_rows(path: Path, opened: Bundle, engine: Duck) -> None:
    """Refuse a table that says it has more rows than bytes: it would unpack without end."""
    for table in sorted((opened.folder / "data").rglob("*.parquet")):
        ((rows,),) = engine.rows("select sum(num_rows) from parquet_file_metadata($file)", file=str(table))
        if rows is None or rows > table.stat().st_size:
            raise Refused(path, f"{table.name!r} says it has {rows or 0:,} rows in {table.stat().st_size:,} bytes.")


def _study_of(opened: Bundle, place: Path, name: str) -> Study:
    """A study of the bundle's data, in a folder of ours."""
    study = Study.create(place, name=name, version=MADE_BY)
    for kind in ("ledger", "posts", "accounts"):
        if (source := opened.folder / "data" / kind).is_dir():
            shutil.copytree(source, study.folder / kind)
    if (comparators := opened.folder / "data" / "comparators.csv").is_file():
        shutil.copyfile(comparators, study.folder / "comparators.csv")
    if (follows := opened.folder / "data" / "follows.parquet").is_file():
        adopt_follows(study.folder, follows)
    study.ledgers()
    return study


def _put_data(study: Study, engine: Duck, folder: Path, salting: Salting | None) -> None:
    (folder / "ledger").mkdir(parents=True)
    for entry in study.ledgers():
        write_json(folder / "ledger" / f"{entry.sha256}.json", asdict(_without_examples(entry)))
    if (comparators := study.folder / "comparators.csv").is_file():
        shutil.copyfile(comparators, folder / "comparators.csv")
    follows = read_follows(study.folder, engine)
    if salting is not None:
        salting.write(folder, follows=follows is not None)
        return
    if follows is not None:
        engine.write(FOLLOWS, follows, folder / "follows.parquet")
    for contract in (POSTS, ACCOUNTS):
        (folder / contract.name).mkdir()
        for segment in study.segments(contract):
            shutil.copyfile(segment, folder / contract.name / segment.name)


def _without_examples(entry: FileLedger) -> FileLedger:
    """What stood in rows left out is for whoever holds the file."""
    return replace(entry, left_out=tuple(replace(one, examples=()) for one in entry.left_out))


def _put_figures(study: Study, engine: Duck, folder: Path, salting: Salting | None) -> None:
    """The figures of the study's latest run, and digests of its tables, which are open in the engine."""
    run = latest_folder(study)
    folder.mkdir(parents=True)
    for name in FIGURES:
        value = read_json(run / f"{name}.json", step="assess" if name == "findings" else "detect")
        write_json(folder / f"{name}.json", _salted(name, value, salting) if salting else value)
    if salting is not None:
        _open_salted(engine)
    tables = table_figures(engine, TABLES)
    write_json(folder / "tables.json", tables)


def _salted(name: str, value: Any, salting: Salting) -> Any:
    """Figures with salted accounts; of the findings only what needs no words."""
    if name == "findings":
        return {part: value[part] for part in SALTED_CHECKS} | {
            "findings": [{"group_id": one["group_id"], "verdict": one["verdict"]} for one in value["findings"]],
            "verdict": value["verdict"],
        }
    if name == "groups":
        return [
            {
                **group,
                "account_ids": sorted(salting.account(one) for one in group["account_ids"]),
                "leads": [{**lead, "account_id": salting.account(lead["account_id"])} for lead in group["leads"]],
            }
            for group in value
        ]
    return value


SALTED_TABLES = {
    "links": "select links.* replace (a.salted as account_a, b.salted as account_b) from links"
    " join salted_account as a on a.id = account_a join salted_account as b on b.id = account_b",
    "meetings": "select meetings.* replace (a.salted as account_a, b.salted as account_b, o.salted as object_id,"
    " p.salted as post_a, q.salted as post_b) from meetings"
    " join salted_account as a on a.id = account_a join salted_account as b on b.id = account_b"
    " join salted_object as o on o.id = object_id"
    " join salted_post as p on p.id = post_a join salted_post as q on q.id = post_b",
    "groups": "select groups.* replace (a.salted as account_id) from groups"
    " join salted_account as a on a.id = account_id",
}


def _open_salted(engine: Duck) -> None:
    """Give the tables of the run salted ids too."""
    for contract in TABLES:
        engine.define(f"salted_{contract.name}", SALTED_TABLES[contract.name])
    for contract in TABLES:
        engine.define(contract.name, f"select * from salted_{contract.name}")


def _expected(folder: Path, finding: str | None) -> dict[str, Any]:
    """Every figure in a folder's ``expected``, of one finding or of all."""
    told: dict[str, Any] = {}
    for name in (*FIGURES, "tables"):
        told |= dict(figures(read_json(folder / "expected" / f"{name}.json", step="assess"), name))
    if finding is None:
        return told
    about = tuple(f"{name}.{finding}." for name in ("groups", "multiverse", "findings.findings"))
    return {name: value for name, value in told.items() if name.startswith((*about, "tables."))}


def _words_needed(expected: Mapping[str, Any]) -> dict[str, str]:
    """The figures of a salted bundle that need words."""
    return {f"findings.{name}": NEEDS_WORDS for name in sorted(expected) if name not in SALTED_CHECKS}


def _salt(study: Study) -> bytes:
    """The study's salt, drawn the first time: random, so that nobody can try out ids."""
    place = study.folder / "bundle.salt"
    if not place.is_file():
        write_whole(place, os.urandom(32).hex() + "\n", secret=True)
    return bytes.fromhex(place.read_text(encoding="utf-8").strip())
