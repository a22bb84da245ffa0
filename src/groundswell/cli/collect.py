"""The command that collects live, and its line: rate, lag, what waits."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from groundswell import pipeline
from groundswell.cli.figures import print_json
from groundswell.cli.options import Pseudonymise
from groundswell.cli.say import line, printable
from groundswell.collect.collector import Collected
from groundswell.collect.sources import source_of
from groundswell.errors import WrongUse
from groundswell.store.pseudonymise import require_outside

LINE_EVERY_S = 30.0
"""Between two lines where there is no terminal to draw on."""


def collect(
    platform: Annotated[str, typer.Argument(help="bluesky or mastodon.")],
    *,
    study: Annotated[Path, typer.Option("--study", help="A study folder; made if it is missing.")],
    hashtag: Annotated[list[str], typer.Option("--hashtag", help="Keep posts with this hashtag. Repeatable.")] = [],  # noqa: B006
    account_list: Annotated[
        Path | None, typer.Option("--account-list", help="Keep posts by the accounts in this file, one a line.")
    ] = None,
    url: Annotated[str | None, typer.Option("--url", help="The server's address; Mastodon needs one.")] = None,
    seconds: Annotated[float | None, typer.Option("--seconds", help="Stop after so long.")] = None,
    until_stopped: Annotated[bool, typer.Option("--until-stopped", help="Go on until Ctrl-C.")] = False,
    token_file: Annotated[
        Path | None, typer.Option("--token-file", help="Holds a Mastodon access token; it is never stored elsewhere.")
    ] = None,
    zstd: Annotated[bool, typer.Option("--zstd", help="Ask Jetstream for packed messages.")] = False,
    zstd_dictionary: Annotated[
        Path | None, typer.Option("--zstd-dictionary", help="The dictionary of Jetstream version 1.")
    ] = None,
    pseudonymise: Pseudonymise = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print figures as JSON.")] = False,
) -> None:
    """Collect posts live into a study. Goes on where it stopped, also after a crash.

    Example: groundswell collect bluesky --study gate.study --hashtag '#OpenGate' --seconds 3600
    """
    if (seconds is None) == (not until_stopped):
        raise WrongUse(
            "How long to collect was not said, or said twice.\n"
            "  A stream has no end: name `--seconds 3600`, or `--until-stopped` and end it with Ctrl-C."
        )
    if seconds is not None and seconds <= 0:
        raise WrongUse(f"--seconds must be more than nothing, but {seconds:g} was asked for.")
    source = source_of(
        platform,
        hashtags=hashtag,
        account_list=account_list,
        url=url,
        token_file=token_file,
        zstd=zstd,
        dictionary=zstd_dictionary,
    )
    if pseudonymise is not None:
        require_outside(pseudonymise, study)
    place = pipeline.open_study(study) if study.exists() and any(study.iterdir()) else pipeline.new(study)
    told = _Line(quiet=as_json)
    done = pipeline.collect(place, source, seconds=seconds, pseudonymise=pseudonymise, report=told)
    told.end()
    if as_json:
        print_json(done.as_json())
        return
    for sentence in summary(done):
        line(sentence)


def summary(done: Collected) -> list[str]:
    """What a collection did, each figure with its whole."""
    lines = [
        f"{done.posts:,} posts taken of {done.received:,} events received in {done.seconds:,.0f} s,"
        f" in {done.files:,} files."
    ]
    if done.repeated:
        lines.append(f"  {done.repeated:,} of the events were posts that had arrived before; each counts once.")
    if done.deletions:
        lines.append(
            f"  {done.deletions:,} of the events took something back;"
            f" {done.tombstones:,} posts of this study lost their content by it."
        )
    if done.edits:
        lines.append(
            f"  {done.edits:,} of the events were edits of posts; of each post the last version that arrived counts."
        )
    for reason, n in sorted(done.not_kept.items()):
        lines.append(f"  {n:,} of {done.received:,} events were not kept: {reason}.")
    lines.append(f"  {done.connections:,} connections. The next collection goes on from here.")
    return lines


class _Line:
    """Rate and lag on the error stream: one line that renews itself, or a line now and then."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._live = sys.stderr.isatty()
        self._said = self._measured = time.monotonic()
        self._received, self._rate = 0, 0.0

    def __call__(self, done: Collected) -> None:
        now = time.monotonic()
        if now > self._measured:
            recent = (done.received - self._received) / (now - self._measured)
            self._rate = recent if not self._received else 0.7 * self._rate + 0.3 * recent
            self._measured, self._received = now, done.received
        if self._quiet or (not self._live and now - self._said < LINE_EVERY_S):
            return
        self._said = now
        sys.stderr.write(f"\r\x1b[K{progress(done, self._rate)}" if self._live else f"{progress(done, self._rate)}\n")
        sys.stderr.flush()

    def end(self) -> None:
        """Leave the line."""
        if self._live and not self._quiet:
            sys.stderr.write("\n")


def progress(done: Collected, rate: float) -> str:
    """How a collection stands, in one line.

    >>> progress(Collected(received=1200, posts=900, waiting=40, lag_s=0.8), 412.4)
    '412 events/s   900 posts in the study   40 lines waiting   1,200 events received   0.8 s behind the server'
    """
    if done.trouble is not None:
        return f"no connection, trying again   {done.received:,} events received   last: {printable(done.trouble)[:80]}"
    behind = "" if done.lag_s is None else f"   {done.lag_s:,.1f} s behind the server"
    return (
        f"{rate:,.0f} events/s   {done.posts:,} posts in the study   {done.waiting:,} lines waiting"
        f"   {done.received:,} events received{behind}"
    )
