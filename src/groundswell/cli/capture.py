"""`groundswell capture`: keep a page as it was served, before it is gone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from groundswell.cli.bar import Bar
from groundswell.cli.figures import print_json
from groundswell.cli.say import line, printable
from groundswell.errors import Failed, GroundswellError, WrongUse
from groundswell.evidence.browser import Browser
from groundswell.evidence.capture import Captured
from groundswell.evidence.fetch import Caps
from groundswell.evidence.gate import Gate
from groundswell.evidence.target import NotPublic, target
from groundswell.pipeline import evidence
from groundswell.pipeline.reading import open_study

Who = Annotated[str | None, typer.Option("--who", help="Who acts, for the log; the login name without it.")]
Why = Annotated[str, typer.Option("--why", help="Why, for the log.")]
Allow = Annotated[
    list[str],
    typer.Option("--allow-address", help="A numeric address to ask though it is not public. Repeatable."),
]
Proxy = Annotated[
    str | None, typer.Option("--proxy", help="An HTTP proxy that tunnels, such as http://127.0.0.1:8118.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print figures as JSON.")]


def gate_of(allow: list[str], proxy: str | None) -> Gate:
    """What may be asked, as the options say."""
    return Gate(allow=frozenset(allow), proxy=None if proxy is None else target(proxy))


def capture(
    study: Annotated[Path, typer.Argument(help="A study folder, or an output folder of `groundswell run`.")],
    what: Annotated[list[str], typer.Argument(metavar="URL|POST", help="Addresses, or ids of posts of the study.")],
    *,
    post: Annotated[list[str], typer.Option("--post", help="A post that the page shows, by its id. Repeatable.")] = [],  # noqa: B006
    page: Annotated[
        bool, typer.Option("--page", help="Draw it with Chromium too: a picture, and its document after scripts.")
    ] = False,
    media: Annotated[
        bool, typer.Option("--media/--no-media", help="Keep the pictures and films that it shows.")
    ] = True,
    wayback: Annotated[
        str | None, typer.Option("--wayback", help="An archive to save it too, such as https://web.archive.org.")
    ] = None,
    who: Who = None,
    why: Why = "",
    max_bytes: Annotated[int, typer.Option("--max-bytes", help="Most bytes of one answer.")] = Caps.bytes,
    seconds: Annotated[float, typer.Option("--seconds", help="Longest time for one answer.")] = Caps.seconds,
    redirects: Annotated[int, typer.Option("--redirects", help="Most redirects to follow.")] = Caps.redirects,
    proxy: Proxy = None,
    allow_address: Allow = [],  # noqa: B006
    sandbox: Annotated[
        bool, typer.Option("--sandbox/--no-sandbox", help="Chromium's sandbox; off only inside a container.")
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Keep pages as they were served: request, answer, media, hashes, and a line in the log. Asks the network.

    Example: groundswell capture gate.study https://example.org/post/1 --post 1788203 --why 'cited in the story'
    """
    if max_bytes < 1 or seconds <= 0 or redirects < 0:
        raise WrongUse("--max-bytes and --seconds must be more than nothing, --redirects at least 0.")
    place, gate = open_study(study), gate_of(allow_address, proxy)
    by = evidence.hand(who, why)
    browser = Browser.find(sandbox=sandbox) if page else None
    caps = Caps(bytes=max_bytes, seconds=seconds, redirects=redirects)
    done: list[Captured] = []
    troubles: list[GroundswellError] = []
    for one, shown in evidence.addresses_of(place, what):
        try:
            with Bar(quiet=as_json) as bar:
                made = evidence.capture(
                    place,
                    one,
                    by,
                    gate,
                    posts=[*post, *shown],
                    media=media,
                    browser=browser,
                    caps=caps,
                    progress=bar,
                )
        except (NotPublic, Failed) as trouble:
            troubles.append(trouble)
            continue
        done.append(made)
        if not as_json:
            say(made)
    references = []
    if wayback is not None and done:
        named = [one.capture for one in done]
        references = list(evidence.save_elsewhere(place, named, by, gate, address=wayback))
    with Bar(quiet=as_json) as bar:
        asked = evidence.stamp(place, by, gate, progress=bar) if done else ()
    if as_json:
        figures = {
            "captures": [one.as_json() for one in done],
            "references": [one.as_json() for one in references],
            "stamps": [one.as_json() for one in asked],
            "troubles": [str(one) for one in troubles],
        }
        print_json(figures)
    else:
        for reference in references:
            line(f"  archive  {printable(reference.reference or f'no copy: {reference.trouble}')}")
        for stamped in asked:
            line(f"  stamp    {stamped.authority}: {stamped.sentence}")
    if len(troubles) == 1 and not done:
        raise troubles[0]
    if troubles:
        raise Failed(
            f"{len(troubles):,} of {len(troubles) + len(done):,} addresses were not captured.\n"
            + "\n".join(f"  {str(one).splitlines()[0]}" for one in troubles)
            + "\n  The others are kept."
        )


def say(made: Captured) -> None:
    """What was kept, in four lines."""
    line(f"{made.capture}  {printable(made.url)}")
    cut = f", cut off ({made.truncated})" if made.truncated else ""
    line(f"  answer   {made.status}{cut}, {made.n_bytes:,} bytes, SHA-256 {made.sha256}")
    if made.stopped:
        line(f"  stopped  a redirect was not followed: {printable(made.stopped)}")
    missing = made.n_media - made.n_media_kept
    line(
        f"  media    {made.n_media_kept:,} of {made.n_media:,} kept"
        + (", the rest named in capture.json" * bool(missing))
    )
    if made.has_screenshot:
        line("  picture  drawn, with its document; it may differ from the bytes, which were sent a moment earlier")
