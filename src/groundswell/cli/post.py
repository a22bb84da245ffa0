"""`groundswell post`: the anatomy of one widely shared post."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from groundswell import pipeline
from groundswell.assess.wording import counted, duration
from groundswell.cli.figures import print_json
from groundswell.cli.personas import Keep
from groundswell.cli.say import line, printable


def post(
    study: Annotated[Path, typer.Argument(help="A study folder, or an output folder of `groundswell run`.")],
    post_id: Annotated[str, typer.Argument(metavar="POST", help="The post's id as it stands in the data.")],
    *,
    gone: Annotated[
        Path | None, typer.Option("--gone", help="Accounts no longer there: a text file, one id a line.")
    ] = None,
    keep: Keep = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print figures as JSON.")] = False,
) -> None:
    """Take one post apart: who reposted it and when, beside posts of like reach, and what may be printed.

    Example: groundswell post gate.study 1788203 --json
    """
    opened = pipeline.open_study(study)
    found, sentences = pipeline.post(opened, post_id, gone=gone)
    told = {**found.as_json(), "sentence": sentences[0], "sentences": list(sentences)}
    if keep:
        pipeline.keep_findings(opened, "posts", told)
    if as_json:
        print_json(told)
        return
    line(f"post {printable(found.post_id)}  {found.time or 'time not known'}")
    if found.text:
        line(f"  {printable(' '.join(found.text.split()))[:200]}")
    line()
    for sentence in sentences:
        line(printable(sentence))
    line()
    for one in found.milestones:
        took = "not known" if one.seconds is None else duration(max(one.seconds, 0.0))
        span = one.others
        others = f"{duration(span.low)} to {duration(span.high)}" if span else "too few"
        line(f"  first {one.reposts:>7,}  {took:<14} others: {others}")
    for part in found.parts:
        share = "not known" if part.count is None else f"{part.count:,} of {part.whole:,}"
        line(f"  {part.of:<34} {share}")
    copied = [("its words", found.text_copies), ("its picture", found.picture_copies)]
    for what, there in [*copied, *((f"#{printable(tag.tag)}", tag) for tag in found.tags)]:
        if there:
            where = f"{counted(there.posts, 'post', 'posts')} by {counted(there.accounts, 'account', 'accounts')}"
            line(f"  {what:<34} {where}; earliest that survives: {there.first_time}, {printable(there.first_post)}")
