"""The command that prints links while posts are collected."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import timedelta
from typing import Annotated

import typer

from groundswell import pipeline
from groundswell.cli.options import MinObjects, StudyFolder
from groundswell.detect.moments import moment
from groundswell.detect.stream import Stream
from groundswell.model.window import window as read_window


def stream(
    study: StudyFolder,
    *,
    kind: Annotated[str, typer.Option("--kind", help="What was shared: url, hashtag, repost or reply.")] = "url",
    window: Annotated[str, typer.Option("--window", help="Longest time between two shares, such as 60s.")] = "60s",
    hours: Annotated[float, typer.Option("--hours", help="How long a share counts.", min=0.01, max=24 * 366)] = 48.0,
    min_objects: MinObjects = 2,
    seconds: Annotated[float | None, typer.Option("--seconds", help="Stop after so long; else with Ctrl-C.")] = None,
) -> None:
    """Print pairs of accounts as they come to share so many objects within a window: one JSON object a line.

    A pair is no finding; `groundswell run` decides about groups. Run it beside `groundswell collect`.

    Example: groundswell stream gate.study --kind url --window 60s --min-objects 3
    """

    def began(links: Stream) -> None:
        sys.stderr.write(
            f"{len(links):,} shares of the last {hours:g} h read, {len(links.pairs()['n_objects']):,} pairs stand."
            " New ones follow.\n"
        )

    length = read_window(window)
    for risen in pipeline.stream(
        pipeline.open_study(study),
        kind,
        window=length,
        horizon=timedelta(hours=hours),
        min_objects=min_objects,
        seconds=seconds,
        began=began,
    ):
        told = {**asdict(risen), "kind": kind, "window_s": length.total_seconds(), "hours": hours}
        told["time"] = moment(told.pop("time_us"))
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        sys.stdout.flush()
