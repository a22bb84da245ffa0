"""`groundswell detect`: links between accounts, and the groups that beat chance."""

from __future__ import annotations

from groundswell import pipeline
from groundswell.cli import say
from groundswell.cli.bar import Bar
from groundswell.cli.figures import print_json
from groundswell.cli.options import (
    Campaign,
    Cautious,
    EngineName,
    Fdr,
    Follows,
    Json,
    Master,
    Memory,
    MinObjects,
    Power,
    Seed,
    ShowHandles,
    StudyFolder,
    Window,
    master_of,
    parameters,
)
from groundswell.model.run import DEFAULT_POWER


def detect(
    study: StudyFolder,
    *,
    window: Window = [],  # noqa: B006
    min_objects: MinObjects = 2,
    fdr: Fdr = 0.05,
    campaign: Campaign = None,
    seed: Seed = 0,
    power: Power = DEFAULT_POWER,
    cautious: Cautious = False,
    follows: Follows = [],  # noqa: B006
    memory: Memory = None,
    engine: EngineName = "duckdb",
    master: Master = None,
    show_handles: ShowHandles = False,
    as_json: Json = False,
) -> None:
    """Find links between accounts and the groups that beat chance.

    Example: groundswell detect gate.study --window 60s --window 10min
    """
    told = parameters(window, min_objects, fdr, campaign, seed, power, show_handles=show_handles, cautious=cautious)
    with Bar(quiet=as_json) as bar:
        of = pipeline.open_study(study)
        if place := master_of(engine, master):
            groups = pipeline.detect_on_spark(of, told, place, follows=follows, memory=memory, progress=bar)
        else:
            groups = pipeline.detect(of, told, follows=follows, memory=memory, progress=bar)
    if as_json:
        print_json([group.as_json() for group in groups])
    else:
        say.groups(groups)
