"""Of an edited post the latest version counts, in whichever file it stands; earlier ones leave the posts.

    versions/<sha256>.json ──settle──► segments without the earlier rows, ledgers that count them as what they are

An earlier version stays in the raw bytes of its file and in that file's ledger, as another record; ``repeats/`` lists
its row, so that it goes when the post is taken back or purged. A live stream's raw line becomes its hash. What is to be
done is written down before the file is acknowledged and goes when it is done, so a kill at any moment leaves it to the
next call. Where a later version tells only when it was edited, the earliest version gives it its time before it goes.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import numpy as np

from groundswell.engine.engine import Engine
from groundswell.model.deletion import REPEATS
from groundswell.model.post import POSTS
from groundswell.model.table import TableContract, text_column
from groundswell.read.versions import EARLIER, Later, version_key
from groundswell.store.rewriting import GONE, SEGMENT, WITHOUT, repack, replace_segment
from groundswell.store.segments import write_whole
from groundswell.store.study import Study

FOLDER = "versions"

LATER = TableContract(
    "later",
    {
        "platform": "text",
        "post_id": "text",
        "source_file": "text",
        "source_row": "bigint",
        "later_id": "text",
        "hides_time": "boolean",
    },
    order=("platform", "post_id"),
)
"""A later version; without a row where the id is an earlier one's own, which goes wherever it stands."""

LISTED = TableContract("listed_before", REPEATS.columns, REPEATS.order)
EARLIER_ROWS = TableContract("earlier_rows", REPEATS.columns, REPEATS.order)

TO_LIST = """
select segment.platform, segment.post_id, later.later_id, segment.account_id, segment.time, segment.source_file,
    segment.source_row
from segment join gone_rows on gone_rows.source_row = segment.source_row
left join later on later.platform = segment.platform and later.post_id = segment.post_id
union
select platform, post_id, later_id, account_id, time, source_file, source_row from listed_before
"""

LEFT = TableContract("left_of_versions", POSTS.columns, POSTS.order)

SUPERSEDED = """
select distinct posts.source_file, posts.source_row
from posts join later on later.platform = posts.platform and later.post_id = posts.post_id
where later.source_row is null or later.source_file <> posts.source_file or later.source_row <> posts.source_row
order by posts.source_file, posts.source_row
"""


FIRST_TOLD = """
with told as (
    select platform, post_id, time, time_source, source_file, source_row from posts
    union all
    select platform, post_id, time, null, source_file, source_row from repeats
),
first_told as (
    select platform, post_id, time, time_source from told semi join later using (platform, post_id)
    qualify row_number() over (partition by platform, post_id order by time, source_file, source_row) = 1
)
select later.source_file, later.source_row, first_told.time, coalesce(first_told.time_source, posts.time_source)
from later
join posts on posts.source_file = later.source_file and posts.source_row = later.source_row
join first_told on first_told.platform = later.platform and first_told.post_id = later.post_id
where later.hides_time and first_told.time < posts.time
order by later.source_file, later.source_row
"""

TIMES = TableContract(
    "first_times", {"source_row": "bigint", "time": "timestamp", "time_source": "text"}, order=("source_row",)
)

RETIMED = """
select segment.* replace (
    coalesce(first_times.time, segment.time) as time,
    coalesce(first_times.time_source, segment.time_source) as time_source
)
from segment left join first_times on first_times.source_row = segment.source_row
"""


def note_versions(folder: Path, digest: str, later: Iterable[Later]) -> dict[str, dict[str, int]]:
    """Write down what is to be settled once the file is acknowledged.

    Returns
    -------
    for the file's ledger entry, under ``edited``: when each edited post was last edited, by `version_key`
    """
    last: dict[tuple[str, str], tuple[int, bool]] = {}
    replaced: set[tuple[str, str, str]] = set()
    edited: dict[str, int] = {}
    for one in later:
        if one.edit.at_us:
            edited[version_key(one.platform, one.post_id)] = one.edit.at_us
        if one.known:
            last[one.platform, one.post_id] = one.row, one.edit.hides_time
        replaced.update((one.platform, post_id, one.post_id) for post_id in one.edit.replaces)
    rows: list[list[str | int | None]] = [[*key, row, None, hides] for key, (row, hides) in sorted(last.items())]
    rows += [[platform, post_id, None, later_id, False] for platform, post_id, later_id in sorted(replaced)]
    if rows:
        write_whole(folder / FOLDER / f"{digest}.json", json.dumps(rows) + "\n")
    return {"edited": edited} if edited else {}


def known_edits(study: Study) -> dict[str, int]:
    """When each edited post of the study was last edited, by `version_key`."""
    known: dict[str, int] = {}
    for path in sorted((study.folder / "ledger").glob("*.json")):
        for key, at_us in json.loads(path.read_text(encoding="utf-8")).get("edited", {}).items():
            known[key] = max(at_us, known.get(key, 0))
    return known


def settle_versions(study: Study, engine: Engine) -> int:
    """Take earlier versions out of the posts; returns how many."""
    waiting = [path for path in sorted((study.folder / FOLDER).glob("*.json")) if study.has_read(path.stem)]
    if not waiting:
        return 0
    rows = [
        (platform, post_id, path.stem, row, later_id, any(hides_time))
        for path in waiting
        for platform, post_id, row, later_id, *hides_time in json.loads(path.read_text(encoding="utf-8"))
    ]
    columns = dict(zip(LATER.columns, map(text_column, zip(*rows, strict=True)), strict=True))
    engine.load(LATER, columns)
    study.open_tables(engine)
    if any(hides_time for *_, hides_time in rows):
        _give_first_times(study, engine)
    superseded: defaultdict[str, list[int]] = defaultdict(list)
    for source_file, row in engine.rows(SUPERSEDED):
        superseded[source_file].append(row)
    for source_file in sorted({*superseded, *(path.stem for path in waiting)}):
        _take_out(study, engine, source_file, superseded[source_file])
    for path in waiting:
        path.unlink()
    return sum(map(len, superseded.values()))


def _give_first_times(study: Study, engine: Engine) -> None:
    """Give later versions the time of the earliest; before that one goes, so that a kill in between loses no time."""
    engine.open(REPEATS, study.segments(REPEATS))
    times: defaultdict[str, list[tuple[int, datetime, str]]] = defaultdict(list)
    for source_file, *told in engine.rows(FIRST_TOLD):
        times[source_file].append((told[0], told[1], told[2]))
    for source_file, given in times.items():
        source_rows, moments, clocks = zip(*given, strict=True)
        columns = {"source_row": np.array(source_rows), "time": np.array(moments, dtype="datetime64[us]")}
        engine.load(TIMES, {**columns, "time_source": text_column(clocks)})
        place = study.folder / "ledger" / f"{source_file}.json"
        ledger = json.loads(place.read_text(encoding="utf-8"))
        # Overlaps with other files are looked for by these two; the first must not be younger than its posts.
        ledger["first_time"] = min(ledger["first_time"], f"{min(moments).isoformat()}Z", key=datetime.fromisoformat)
        write_whole(place, json.dumps(ledger, indent=1))
        for path in study.segments_of(POSTS, source_file):
            engine.open(SEGMENT, [path])
            engine.define(LEFT.name, RETIMED)
            replace_segment(engine, LEFT, path)
    study.open_tables(engine)


def _take_out(study: Study, engine: Engine, source_file: str, rows: list[int]) -> None:
    """Remove rows of a file from its segments, and let its ledger say what is left as posts."""
    segments = [path for path in study.segments(POSTS) if path.name.rsplit("-", 1)[0] == source_file]
    engine.load(GONE, {"source_row": np.array(rows, dtype=np.int64)})
    engine.open(SEGMENT, segments)
    n_posts = int(engine.rows("select count(*) from segment anti join gone_rows using (source_row)")[0][0])
    place = study.folder / "ledger" / f"{source_file}.json"
    ledger = json.loads(place.read_text(encoding="utf-8"))
    older = raw = ledger.get("raw", source_file)
    if rows and "stream" in ledger:
        raw = repack(study, ledger, older, frozenset(rows), hashed=True) or older
    elif rows and older is not None:
        _list_rows(study, engine, source_file)
    others = ledger["other_records"]
    if n_earlier := others.get(EARLIER, 0) + ledger["posts"] - n_posts:
        others[EARLIER] = n_earlier
    else:
        others.pop(EARLIER, None)
    ledger["posts"], ledger["raw"] = n_posts, raw
    ledger["other_records"] = dict(sorted(others.items()))
    ledger["revision"] = ledger.get("revision", 0) + bool(rows)
    write_whole(place, json.dumps(ledger, indent=1))
    if raw != older:
        (study.raw / f"{older}.zst").unlink(missing_ok=True)
    for path in segments if rows else ():
        engine.open(SEGMENT, [path])
        engine.define(LEFT.name, WITHOUT)
        replace_segment(engine, LEFT, path)


def _list_rows(study: Study, engine: Engine, source_file: str) -> None:
    """List the rows that leave the posts, for their words stay in the raw bytes."""
    place = study.folder / REPEATS.name / f"{source_file}-earlier.parquet"
    place.parent.mkdir(exist_ok=True)
    engine.open(LISTED, [place] if place.exists() else [])
    engine.define(EARLIER_ROWS.name, TO_LIST)
    replace_segment(engine, EARLIER_ROWS, place)
