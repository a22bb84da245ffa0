"""`groundswell pictures`: which pictures of a folder, or of captured pages, are the same picture, or part of one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from groundswell import pipeline
from groundswell.cli.bar import Bar
from groundswell.cli.figures import print_json
from groundswell.cli.personas import study_to_keep
from groundswell.cli.say import printable
from groundswell.personas.pictures.clusters import Cluster
from groundswell.personas.pictures.folder import Compared
from groundswell.personas.pictures.pairs import Pair

MOST_LINES = 40
"""Pairs and clusters shown to a person; `--json` holds all."""


def pictures(
    folder: Annotated[
        Path, typer.Argument(help="A folder of avatars or post images, or a study with captures. Nothing is fetched.")
    ],
    *,
    reference: Annotated[
        Path | None, typer.Option("--reference", help="Pictures of known origin: press, stock, book covers.")
    ] = None,
    stop: Annotated[
        Path | None, typer.Option("--stop", help="Pictures that are no evidence, such as default avatars.")
    ] = None,
    seen: Annotated[
        Path | None, typer.Option("--seen", help="CSV of who showed them: picture, account_id, name, first_seen.")
    ] = None,
    cut_outs: Annotated[bool, typer.Option("--cut-outs/--no-cut-outs", help="Look for parts of pictures too.")] = True,
    keep: Annotated[
        Path | None, typer.Option("--keep", help="A study that keeps the findings; `publish` shows them there.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print figures as JSON.")] = False,
) -> None:
    """Find pictures that are the same, or cut out of one another, and order them by first sight.

    Example: groundswell pictures avatars --reference press --json
    """
    with Bar(quiet=as_json) as bar:
        found = pipeline.pictures(folder, reference=reference, stop=stop, seen=seen, cut_outs=cut_outs, progress=bar)
    if keep is not None:
        pipeline.keep_findings(study_to_keep(keep), "pictures", found.as_json())
    if as_json:
        print_json(found.as_json())
    else:
        sys.stdout.write("\n".join(spoken(found)) + "\n")


def spoken(found: Compared) -> list[str]:
    """The pairs and clusters in lines, with what was left out."""
    lines = [
        f"{found.n_pictures:,} pictures, {found.n_compared:,} compared with one another"
        f" and with {found.n_references:,} references: {len(found.pairs):,} of {found.n_compared_pairs:,} pairs"
        " have a picture in common."
    ]
    lines += [_pair(pair) for pair in found.pairs[:MOST_LINES]]
    if len(found.pairs) > MOST_LINES:
        lines.append(f"  … {len(found.pairs) - MOST_LINES:,} more; `--json` holds all")
    for cluster in found.clusters[:MOST_LINES]:
        lines += ["", *_cluster(cluster)]
    reasons = [one.reason for one in found.left_out]
    if reasons or found.unread:
        lines.append("")
    lines += [
        f"left out {reasons.count(reason):,} of {found.n_pictures + found.n_references:,}: {reason}"
        for reason in sorted(set(reasons))
    ]
    lines += [f"unread   {printable(one.name)}: {one.reason}" for one in found.unread]
    lines.append("Pictures are compared as pictures: no face is recognised and nobody is named.")
    return lines


def _pair(pair: Pair) -> str:
    how = {
        "pdq": f"PDQ differs in {pair.distance} of {pair.of} bits",
        "phash+dhash": f"pHash differs in {pair.distance} of {pair.of} bits",
        "corners": f"one is part of the other: {pair.corners} corners in one arrangement",
    }[pair.method]
    doubt = "" if pair.sure else "; look at the two yourself"
    return f"  {printable(pair.a)} · {printable(pair.b)}: {how}, {pair.transform}{doubt}"


def _cluster(cluster: Cluster) -> list[str]:
    names = f", under {len(cluster.names)} names" if len(cluster.names) > 1 else ""
    lines = [f"One picture in {len(cluster.places)} places{names}, in order of first sight:"]
    for place in cluster.places:
        told = (place.bearer.first_seen, place.bearer.account_id, place.bearer.name)
        said = printable(" · ".join(part for part in told if part))
        origin = " (reference)" if place.is_reference else ""
        lines.append(f"  {printable(place.picture)}{origin}  {said}".rstrip())
    return lines
