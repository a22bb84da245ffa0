"""`groundswell evidence …`: what is kept, whether it still holds, and since when it has been there."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from groundswell.assess.wording import counted
from groundswell.cli.bar import Bar
from groundswell.cli.capture import Allow, AsJson, Proxy, Who, Why, gate_of
from groundswell.cli.figures import print_json
from groundswell.cli.say import line, printable
from groundswell.errors import Failed, WrongUse
from groundswell.evidence.verify import Verified
from groundswell.evidence.wayback import PUBLIC
from groundswell.pipeline import evidence as verbs
from groundswell.pipeline.reading import open_study

EVIDENCE = typer.Typer(
    name="evidence",
    help="What was kept of pages, whether it still holds, and since when it has been there.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

StudyFolder = Annotated[Path, typer.Argument(help="A study folder, or an output folder of `groundswell run`.")]
Capture = Annotated[str, typer.Argument(metavar="CAPTURE", help="The beginning of a capture's id; see `list`.")]
PROBLEMS_SHOWN = 20


@EVIDENCE.command("verify")
def verify(study: StudyFolder, *, as_json: AsJson = False) -> None:
    """Look for any byte that is not as it was written down. Exit code 1 where there is one. Changes nothing.

    Example: groundswell evidence verify gate.study
    """
    with Bar(quiet=as_json) as bar:
        found = verbs.verify_evidence(open_study(study), progress=bar)
    if as_json:
        _print(found.as_json())
    else:
        for sentence in summary(found):
            line(printable(sentence))
    if not found.holds:
        raise Failed(
            f"{counted(len(found.problems), 'thing is', 'things are')} not as written down.\n"
            "  Nothing was changed by looking. Bring the files back from a copy, and keep this one to compare."
        )


@EVIDENCE.command("list")
def list_captures(study: StudyFolder, *, as_json: AsJson = False) -> None:
    """Name every capture: what it is of, which posts it shows, where else there is a copy.

    Example: groundswell evidence list gate.study --json
    """
    held = verbs.list_evidence(open_study(study))
    if as_json:
        _print([one.as_json() for one in held])
        return
    line(f"{counted(len(held), 'capture', 'captures')}, {sum(one.deleted for one in held):,} deleted.")
    for one in held:
        what = "deleted; hashes and reason are kept" if one.deleted else f"{one.n_bytes:,} bytes, {one.kind}"
        line(f"{one.capture}  {one.at:%Y-%m-%d %H:%M:%S} UTC  {what}")
        for url in one.urls[:5]:
            line(f"  of     {printable(url)[:140]}")
        if len(one.urls) > 5:
            line(f"  of     {len(one.urls) - 5:,} more")
        if one.post_ids:
            line(f"  shows  {printable(', '.join(one.post_ids[:5]))}{' …' if len(one.post_ids) > 5 else ''}")
        for reference in one.references:
            line(f"  copy   {printable(reference)[:140]}")


@EVIDENCE.command("stamp")
def stamp(
    study: StudyFolder,
    *,
    who: Who = None,
    proxy: Proxy = None,
    allow_address: Allow = [],  # noqa: B006
    as_json: AsJson = False,
) -> None:
    """Ask the time-stamp authorities for what they have not stamped yet. Asks the network.

    Example: groundswell evidence stamp gate.study
    """
    place = open_study(study)
    with Bar(quiet=as_json) as bar:
        asked = verbs.stamp(place, verbs.hand(who), gate_of(allow_address, proxy), progress=bar)
    left = verbs.waiting(place)
    if as_json:
        _print({"asked": [one.as_json() for one in asked], "waiting": [one.as_json() for one in left]})
    elif not left:
        raise WrongUse(
            "This study has no time-stamp authority.\n"
            "  Name one: `groundswell evidence authority STUDY NAME --url https://… --roots roots.pem`."
        )
    else:
        for one in asked:
            line(f"{one.authority}: {one.sentence}")
        for queue in left:
            line(f"{queue.authority}: {queue.entries:,} of {queue.of:,} entries wait")
    if any(one.trouble for one in asked):
        raise Failed("Not every authority answered.\n  The entries stay in the queue.\n  Try the same again later.")


@EVIDENCE.command("authority")
def authority(
    study: StudyFolder,
    name: Annotated[str, typer.Argument(help="What it is called here, such as first-authority.")],
    *,
    url: Annotated[str | None, typer.Option("--url", help="Where it answers.")] = None,
    roots: Annotated[Path | None, typer.Option("--roots", help="The certificates to trust for it, PEM.")] = None,
    retire: Annotated[bool, typer.Option("--retire", help="Do not ask it any more.")] = False,
    who: Who = None,
    why: Why = "",
) -> None:
    """Name a time-stamp authority to a study, and the certificates that are trusted for it.

    Example: groundswell evidence authority gate.study first --url https://stamp.example/tsr --roots roots.pem
    """
    entry = verbs.add_authority(
        open_study(study), verbs.hand(who, why), name=name, url=url, roots=roots, retired=retire
    )
    line(f"{name}: {'not asked any more' if retire else 'asked from now on'}; line {entry.n:,} of the log.")


@EVIDENCE.command("wayback")
def wayback(
    study: StudyFolder,
    capture: Annotated[list[str] | None, typer.Argument(help="Captures; without any, all that have no copy.")] = None,
    *,
    address: Annotated[str, typer.Option("--address", help="The archive.")] = PUBLIC,
    keys: Annotated[
        Path | None, typer.Option("--keys", help="A file with access:secret for it; stored nowhere else.")
    ] = None,
    who: Who = None,
    proxy: Proxy = None,
    allow_address: Allow = [],  # noqa: B006
    as_json: AsJson = False,
) -> None:
    """Ask the Wayback Machine to save captured pages, too, and write down where. Asks the network.

    Example: groundswell evidence wayback gate.study
    """
    read_keys = None if keys is None else keys.read_text(encoding="utf-8").strip()
    found = []
    gate = gate_of(allow_address, proxy)
    for one in verbs.save_elsewhere(
        open_study(study), capture or (), verbs.hand(who), gate, address=address, keys=read_keys
    ):
        found.append(one)
        if not as_json:
            line(f"{one.capture}  {printable(one.reference or f'no copy: {one.trouble}')}")
    if as_json:
        _print([one.as_json() for one in found])
    if failed := sum(one.reference is None for one in found):
        raise Failed(f"{failed:,} of {len(found):,} pages have no copy there.\n  Try the same again later.")


@EVIDENCE.command("import")
def import_files(
    study: StudyFolder,
    files: Annotated[list[Path], typer.Argument(help="WACZ, WARC, or a sheet of auto-archiver as CSV.")],
    *,
    post: Annotated[list[str], typer.Option("--post", help="A post that it shows, by its id. Repeatable.")] = [],  # noqa: B006
    who: Who = None,
    why: Why = "",
    as_json: AsJson = False,
) -> None:
    """Take in captures that others made, and hold them against the hashes that came with them.

    Example: groundswell evidence import gate.study theirs.wacz --why 'sent by their author'
    """
    made = []
    for one in verbs.import_evidence(open_study(study), files, verbs.hand(who, why), posts=post):
        made.append(one)
        if not as_json:
            line(f"{one.capture}  {one.kind}: {one.n_kept:,} of {one.n_urls:,} addresses with their bytes")
            came = one.n_checked + one.n_unchecked
            line(f"  hashes   {one.n_as_told:,} of {came:,} hold, {one.n_unchecked:,} could not be checked")
            for problem in one.problems[:PROBLEMS_SHOWN]:
                line(f"  problem  {printable(problem)[:160]}")
    if as_json:
        _print([one.as_json() for one in made])


@EVIDENCE.command("link")
def link(
    study: StudyFolder,
    capture: Capture,
    posts: Annotated[list[str], typer.Argument(metavar="POST", help="Ids of posts that it shows.")],
    *,
    who: Who = None,
    why: Why = "",
) -> None:
    """Say that a capture shows posts.

    Example: groundswell evidence link gate.study 3fa9 1788203
    """
    entry = verbs.link_evidence(open_study(study), capture, posts, verbs.hand(who, why))
    line(f"{counted(len(posts), 'post', 'posts')}; line {entry.n:,} of the log.")


@EVIDENCE.command("seal")
def seal(study: StudyFolder, *, who: Who = None, why: Why = "", as_json: AsJson = False) -> None:
    """Write the hashes of the study's own files into the log, so that a change of one byte is noticed.

    Example: groundswell evidence seal gate.study --why 'before publication'
    """
    with Bar(quiet=as_json) as bar:
        sealed = verbs.seal_study(open_study(study), verbs.hand(who, why), progress=bar)
    if as_json:
        _print(sealed.as_json())
        return
    line(f"{counted(sealed.files, 'file', 'files')}, {sealed.n_bytes:,} bytes sealed; line {sealed.n:,} of the log.")
    line(f"  {sealed.added:,} of them are new, {sealed.changed:,} were changed or went since the last seal.")


@EVIDENCE.command("delete")
def delete(study: StudyFolder, capture: Capture, *, who: Who = None, why: Why = "") -> None:
    """Delete what a capture holds. Its hashes, and why it went, stay.

    Example: groundswell evidence delete gate.study 3fa9 --why 'asked for by its author'
    """
    gone = verbs.delete_evidence(open_study(study), capture, verbs.hand(who, why))
    line(
        f"{gone.capture}: {counted(gone.n_files, 'file', 'files')}, {gone.n_bytes:,} bytes deleted. A tombstone stays."
    )


def summary(found: Verified) -> list[str]:
    """What was looked at, what does not hold, what could not be checked."""
    lines = [
        f"{counted(found.entries, 'line', 'lines')} of the log,"
        f" {counted(found.files, 'file', 'files')} of evidence with {counted(found.n_bytes, 'byte', 'bytes')}:"
        f" {counted(found.captures, 'capture', 'captures')}, {found.tombstones:,} deleted.",
        f"Time stamps checked: {found.stamps_checked:,} of {found.stamps:,}.",
        f"Files of the study in the latest seal: {found.sealed:,} of {found.sealed + found.not_sealed:,}.",
    ]
    for queue in found.waiting:
        if queue.entries:
            lines.append(f"{queue.authority}: {queue.entries:,} of {queue.of:,} entries wait for a time stamp.")
    lines += [f"note: {note}" for note in found.notes]
    lines += [f"{problem.place}: {problem.what}" for problem in found.problems[:PROBLEMS_SHOWN]]
    if (more := len(found.problems) - PROBLEMS_SHOWN) > 0:
        lines.append(f"and {more:,} more")
    if found.holds:
        lines.append("Everything is as it was written down.")
    return lines


def _print(value: Any) -> None:
    print_json(value)
