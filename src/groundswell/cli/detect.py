"""`groundswell detect`: links between accounts, and the groups that beat chance."""

from __future__ import annotations

from groundswell import pipeline
from groundswell.cli import say
from groundswell.cli.bar import Bar
from groundswell.cli.figures import print_json
from groundswell.cli.options import (
    Campaign,
    Cautious,
    Fdr,
    Follows,
    Json,
    Memory,
    MinObjects,
    Power,
    Seed,
    ShowHandles,
    StudyFolder,
    Window,
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
    show_handles: ShowHandles = False,
    as_json: Json = False,
) -> None:
    """Find links between accounts and the groups that beat chance.

    Example: groundswell detect gate.study --window 60s --window 10min
    """
    told = parameters(window, min_objects, fdr, campaign, seed, power, show_handles=show_handles, cautious=cautious)
    with Bar(quiet=as_json) as bar:
        groups = pipeline.detect(pipeline.open_study(study), told, follows=follows, memory=memory, progress=bar)
    if as_json:
        print_json([group.as_json() for group in groups])
    else:
        say.groups(groups)
