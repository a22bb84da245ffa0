"""The links of a study in another window or with another minimum, and its groups in them, while a person waits."""

from __future__ import annotations

from datetime import timedelta

from groundswell.assess.blind_spots import of_limit
from groundswell.detect.other_setting import other_setting
from groundswell.detect.shares_kept import kept_shares
from groundswell.engine.duck import Duck
from groundswell.model.group import Outcome
from groundswell.model.link import LINKS
from groundswell.model.other_setting import OtherSetting
from groundswell.model.run import Parameters
from groundswell.pipeline.run_record import clock_grain_s, parameters_of
from groundswell.pipeline.tracing import check_traced
from groundswell.store.run_folder import open_traces, read_groups, read_json
from groundswell.store.study import Study

LISTED = f"select kind, window_s, count(*) as n from {LINKS.name} group by kind, window_s order by kind, window_s"


def try_setting(study: Study, window: timedelta | None = None, min_objects: int | None = None) -> OtherSetting:
    """Count the links that `detect` would list in this setting, and say what of the latest run's groups they tie.

    Nothing of the last run changes, and no group is looked for: a run of its own does that.

    Parameters
    ----------
    study
        A study with traces. The first call keeps their numbers beside them, so that later ones are quick.
    window
        Longest time between two shares that still count; that of the latest run by default, its shortest.
    min_objects
        Fewest distinct objects on which a pair must have met; that of the latest run by default.

    Raises
    ------
    WrongUse
        There are no traces, or older ones than the posts; the minimum is below what links can have.
    WindowTooFine
        The window is finer than the data's clock.
    """
    folder = study.latest_run()
    record = read_json(folder / "run.json", step="detect") if folder else None
    asked = parameters_of(record) if record else Parameters()
    grain_s = clock_grain_s(study.ledgers())
    told = Parameters(
        windows=(window,) if window else asked.fitted(grain_s).windows[:1],
        min_objects=asked.min_objects if min_objects is None else min_objects,
        fdr=asked.fdr,
    ).fitted(grain_s)
    check_traced(study)
    traces = study.folder / "traces"
    groups = [one for one in read_groups(folder) if one.outcome is Outcome.REPORTED] if folder else []
    with Duck() as engine:
        open_traces(engine, traces)
        layers = kept_shares(engine, traces / "traces.parquet")
        kinds, found, limits = other_setting(layers, groups, told.windows[0], told.min_objects, fdr=told.fdr)
        listed: dict[str, dict[float, int]] = {}
        if folder:
            engine.open(LINKS, [folder / f"{LINKS.name}.parquet"])
            for kind, window_s, n in engine.rows(LISTED):
                listed.setdefault(kind, {})[float(window_s)] = n
    return OtherSetting(
        window_s=told.windows[0] / timedelta(seconds=1),
        min_objects=told.min_objects,
        fdr=told.fdr,
        kinds=kinds,
        groups=found,
        run_id=record["run_id"] if record else None,
        run_windows_s=tuple(one / timedelta(seconds=1) for one in asked.fitted(grain_s).windows) if record else (),
        run_min_objects=asked.min_objects if record else None,
        run_pairs=listed,
        left_out=tuple(map(of_limit, limits)),
    )
