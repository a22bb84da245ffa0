"""Commands, their options and examples. What a person reads while a command works goes to the error stream.

Exit codes: 0 fine, 1 failed, 2 wrong use, 130 stopped by Ctrl-C. With `--json`, the output holds figures and
nothing else.
"""

from __future__ import annotations

import errno
import json
import os
import sys
import webbrowser
from pathlib import Path
from typing import Annotated, Any

import typer

from groundswell import pipeline
from groundswell.cli import personas, say
from groundswell.cli.bar import Bar
from groundswell.cli.check_text import check_text
from groundswell.cli.collect import collect
from groundswell.cli.demo_personas import say_two_cases
from groundswell.cli.evaluate_power import evaluate_power
from groundswell.cli.evaluate_real import evaluate_real
from groundswell.cli.indicators import indicators
from groundswell.cli.pictures import pictures
from groundswell.cli.post import post
from groundswell.cli.purge import purge
from groundswell.cli.reading import Limit, MappingFile, WriteMapping, columns_of, limits_of
from groundswell.cli.reading import write_mapping as write_mapping_file
from groundswell.detect.groups import RULE_VERSION
from groundswell.errors import STOPPED, Failed, GroundswellError, WrongUse
from groundswell.evaluate.worlds import Suite
from groundswell.evaluate.worlds import as_json as worlds_as_json
from groundswell.evaluate.worlds import as_text as worlds_as_text
from groundswell.model.run import DEFAULT_POWER, Parameters
from groundswell.model.window import window as read_window

app = typer.Typer(
    name="groundswell",
    help="Measures coordinated campaigns in social media posts, and shows the posts behind every claim.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Files = Annotated[list[Path], typer.Argument(help="Exports, archives, CSV, JSON lines, Parquet; .gz and .zst too.")]
StudyFolder = Annotated[Path, typer.Argument(help="A study folder, or an output folder of `groundswell run`.")]
Out = Annotated[Path, typer.Option("--out", "-o", help="Folder to write; missing, empty, or an older run's.")]
Window = Annotated[
    list[str], typer.Option("--window", help="Window of the links table, such as 60s or 10min. Repeatable.")
]
MinObjects = Annotated[int, typer.Option("--min-objects", help="Fewest objects a pair must share to be listed.")]
Fdr = Annotated[float, typer.Option("--fdr", help="False discovery rate at which a link is beyond chance.")]
Campaign = Annotated[str | None, typer.Option("--campaign", help="A '#tag', URL or phrase to measure.")]
Seed = Annotated[int, typer.Option("--seed", help="Fixes every draw: same input, same seed, same bytes.")]
Power = Annotated[
    int, typer.Option("--power", help="Campaigns of each make to plant into a copy of the data; 0 plants none.")
]
Column = Annotated[
    list[str], typer.Option("--column", help="Our column = the file's, such as time=tweet_created. Repeatable.")
]
ShowHandles = Annotated[bool, typer.Option("--show-handles", help="Print real accounts in the report, and say so.")]
Pseudonymise = Annotated[
    Path | None,
    typer.Option("--pseudonymise", help="Keep pseudonyms only, by the key in this file; made if it is missing."),
]
Json = Annotated[bool, typer.Option("--json", help="Print figures as JSON.")]


def _parameters(
    window: list[str], min_objects: int, fdr: float, campaign: str | None, seed: int, power: int, *, show_handles: bool
) -> Parameters:
    return Parameters(
        windows=tuple(read_window(one) for one in window),
        min_objects=min_objects,
        fdr=fdr,
        campaign=campaign,
        seed=seed,
        power=power,
        show_handles=show_handles,
    )


def _print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=False, default=str) + "\n")


@app.command()
def demo(
    what: Annotated[str, typer.Argument(help="sets, or personas: an impostor and a face from a book cover.")] = "sets",
    out: Out = Path("demo"),
    *,
    open_page: Annotated[bool, typer.Option("--open/--no-open", help="Open the first page in a browser.")] = True,
    seed: Seed = 0,
    as_json: Json = False,
) -> None:
    """Analyse three made-up sets side by side: a campaign, a fandom, a news wire.

    Example: groundswell demo --no-open --out demo
    """
    if what == "personas":
        found = pipeline.demo_two_cases(out, seed=seed)
        if as_json:
            _print_json(found.as_json())
        else:
            say_two_cases(found, out)
        return
    if what != "sets":
        raise WrongUse(f"There is no demo {what!r}.\n  There are: sets, personas.")
    with Bar(quiet=as_json) as bar:
        summaries = pipeline.demo(out, seed=seed, progress=bar)
    page = out / "index.html"
    if as_json:
        _print_json({"index": str(page.absolute()), "sets": [summary.as_json() for summary in summaries]})
        return
    say.demo(summaries, page)
    if open_page and _has_screen():
        webbrowser.open(page.absolute().as_uri())


@app.command()
def run(
    files: Files,
    out: Out = Path("out"),
    *,
    window: Window = [],  # noqa: B006 - typer reads the default, nobody changes it
    min_objects: MinObjects = 2,
    fdr: Fdr = 0.05,
    campaign: Campaign = None,
    seed: Seed = 0,
    power: Power = DEFAULT_POWER,
    column: Column = [],  # noqa: B006
    mapping: MappingFile = None,
    limit: Limit = [],  # noqa: B006
    show_handles: ShowHandles = False,
    name: Annotated[str | None, typer.Option("--name", help="What the report is called.")] = None,
    memory: Annotated[str | None, typer.Option("--memory", help="Most memory for the database, such as 2GB.")] = None,
    pseudonymise: Pseudonymise = None,
    as_json: Json = False,
) -> None:
    """Read files, find who acts together beyond chance, and write the report: all in one go.

    Example: groundswell run posts.csv -o out --campaign '#OpenGate'
    """
    parameters = _parameters(window, min_objects, fdr, campaign, seed, power, show_handles=show_handles)
    with Bar(quiet=as_json) as bar:
        summary = pipeline.run(
            files,
            out,
            parameters,
            columns=columns_of(column, mapping),
            limits=limits_of(limit),
            name=name,
            memory=memory,
            pseudonymise=pseudonymise,
            progress=bar,
        )
    if as_json:
        _print_json(summary.as_json())
    else:
        say.summary(summary)


@app.command()
def inspect(
    file: Annotated[Path, typer.Argument(help="A file to look at; nothing is changed.")],
    *,
    column: Column = [],  # noqa: B006
    mapping: MappingFile = None,
    write_mapping: WriteMapping = None,
    limit: Limit = [],  # noqa: B006
    as_json: Json = False,
) -> None:
    """Say what a file is: format, columns, what would be read and what left out. Changes nothing.

    Example: groundswell inspect posts.csv --json
    """
    pipeline.check_file(file)
    columns, limits = columns_of(column, mapping), limits_of(limit)
    if write_mapping is not None:
        write_mapping_file(file, write_mapping, columns, limits)
        return
    with Bar(quiet=as_json) as bar:
        seen = pipeline.inspect(file, columns=columns, limits=limits, progress=bar)
    if as_json:
        _print_json(seen.as_json())
    else:
        say.inspection(seen)


@app.command()
def new(
    study: Annotated[Path, typer.Argument(help="Folder of the new study, such as gate.study.")],
    *,
    name: Annotated[str | None, typer.Option("--name", help="What the study is called.")] = None,
) -> None:
    """Start an empty study.

    Example: groundswell new gate.study
    """
    made = pipeline.new(study, name=name)
    sys.stdout.write(f"{made.folder}: an empty study. Add files: groundswell read {made.folder} FILE...\n")


@app.command()
def read(
    study: StudyFolder,
    files: Files,
    *,
    column: Column = [],  # noqa: B006
    mapping: MappingFile = None,
    limit: Limit = [],  # noqa: B006
    pseudonymise: Pseudonymise = None,
    as_json: Json = False,
) -> None:
    """Read files into a study. A file that is in it already is not read twice.

    Example: groundswell read gate.study may.csv june.jsonl.gz
    """
    with Bar(quiet=as_json) as bar:
        place = pipeline.open_study(study)
        entries = pipeline.read(
            place,
            files,
            columns=columns_of(column, mapping),
            limits=limits_of(limit),
            pseudonymise=pseudonymise,
            progress=bar,
        )
    if as_json:
        _print_json([entry.as_json() for entry in entries])
    else:
        say.ledger(entries)


@app.command()
def trace(
    study: StudyFolder,
    *,
    kind: Annotated[list[str], typer.Option("--kind", help="Kind of trace; all by default. Repeatable.")] = [],  # noqa: B006
    as_json: Json = False,
) -> None:
    """Find what posts repeat: reposts, links, hashtags, texts, replies.

    Example: groundswell trace gate.study
    """
    with Bar(quiet=as_json) as bar:
        counts = pipeline.trace(pipeline.open_study(study), kinds=tuple(kind), progress=bar)
    if as_json:
        _print_json(counts)
    else:
        say.traces(counts)


@app.command()
def detect(
    study: StudyFolder,
    *,
    window: Window = [],  # noqa: B006
    min_objects: MinObjects = 2,
    fdr: Fdr = 0.05,
    campaign: Campaign = None,
    seed: Seed = 0,
    power: Power = DEFAULT_POWER,
    show_handles: ShowHandles = False,
    as_json: Json = False,
) -> None:
    """Find links between accounts and the groups that beat chance.

    Example: groundswell detect gate.study --window 60s --window 10min
    """
    parameters = _parameters(window, min_objects, fdr, campaign, seed, power, show_handles=show_handles)
    with Bar(quiet=as_json) as bar:
        groups = pipeline.detect(pipeline.open_study(study), parameters, progress=bar)
    if as_json:
        _print_json([group.as_json() for group in groups])
    else:
        say.groups(groups)


@app.command()
def assess(
    study: StudyFolder,
    *,
    campaign: Campaign = None,
    census: Annotated[bool, typer.Option("--census", help="The files hold everything there was.")] = False,
    missing: Annotated[float | None, typer.Option("--missing", help="Part of all posts known to be missing.")] = None,
    as_json: Json = False,
) -> None:
    """Weigh the groups: evidence for and against, innocent explanations, how much of it they are.

    Example: groundswell assess gate.study --campaign '#OpenGate' --json
    """
    with Bar(quiet=as_json) as bar:
        place = pipeline.open_study(study)
        assessment = pipeline.assess(place, campaign=campaign, census=census, missing=missing, progress=bar)
    if as_json:
        _print_json(pipeline.assessed(place, assessment))
    else:
        say.assessment(assessment)


@app.command()
def publish(study: StudyFolder, out: Out = Path("out")) -> None:
    """Write the report, the tables and the graphs of the latest run.

    Example: groundswell publish gate.study -o out
    """
    with Bar() as bar:
        folder = pipeline.publish(pipeline.open_study(study), out, progress=bar)
    sys.stdout.write(f"{folder / 'report.html'}\n")


@app.command()
def explain(
    study: StudyFolder,
    account: Annotated[str, typer.Argument(help="Account id, handle, or pseudonym from a report.")],
    *,
    as_json: Json = False,
) -> None:
    """Say why an account is in a group, and which posts would take it out.

    Example: groundswell explain out acct-7f3a
    """
    explanation = pipeline.explain(pipeline.open_study(study), account)
    if as_json:
        _print_json(explanation.as_json())
    else:
        say.explanation(explanation)


@app.command()
def simulate(
    scenario: Annotated[str, typer.Argument(help="Name of the scenario; see --list.")] = "",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="File to write: .csv, .csv.gz or .parquet.")] = None,
    *,
    seed: Seed = 0,
    shares: Annotated[int | None, typer.Option("--shares", help="About how many shares; share logs only.")] = None,
    list_them: Annotated[bool, typer.Option("--list", help="Name the scenarios and stop.")] = False,
    as_json: Json = False,
) -> None:
    """Make data whose truth is known, marked as made up, with FILE.truth.parquet beside it.

    Example: groundswell simulate planted --seed 7 -o planted.csv
    """
    if list_them:
        if as_json:
            _print_json([{"name": one.name, "title": one.title, "story": one.story} for one in pipeline.scenarios()])
        else:
            say.scenarios(pipeline.scenarios())
        return
    if not scenario or out is None:
        raise WrongUse(
            "A scenario's name and a file to write are needed.\n"
            "  For example: `groundswell simulate planted -o planted.csv`. `--list` names the scenarios."
        )
    made = pipeline.simulate(scenario, out, seed=seed, shares=shares)
    if as_json:
        _print_json(made)
    else:
        sys.stdout.write(
            f"{out}: {made['rows']:,} rows, made up. The truth about {made['accounts_in_groups']:,} accounts"
            f" that act together: {made['truth']}\n"
        )


@app.command()
def evaluate(
    what: Annotated[str, typer.Argument(help="What to evaluate: worlds, power, or real posts.")] = "worlds",
    *,
    data: Annotated[Path | None, typer.Option("--data", help="Folder of real posts; see docs/real_data.md.")] = None,
    suite: Annotated[Suite, typer.Option("--suite", help="Eight scenarios, or all of them.")] = "quick",
    seeds: Annotated[int, typer.Option("--seeds", help="Worlds for each scenario.")] = 3,
    first_seed: Annotated[int, typer.Option("--first-seed", help="Where the seeds begin.")] = 0,
    jobs: Annotated[int, typer.Option("--jobs", help="Processes that share the worlds.")] = 1,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="JSON file to write.")] = None,
    as_json: Json = False,
) -> None:
    """Score the group scan on worlds whose truth is known, beside a plain threshold.

    Examples: groundswell evaluate worlds --seeds 10, groundswell evaluate real --data eval
    """
    if what == "real":
        evaluate_real(data, seed=first_seed, out=out, as_json=as_json)
        return
    if what == "power":
        evaluate_power(seeds=seeds, first_seed=first_seed, jobs=jobs, out=out, as_json=as_json)
        return
    if what != "worlds":
        raise WrongUse(f"{what!r} can't be evaluated.\n  There are: worlds, power, real.")
    with Bar(quiet=as_json) as bar:
        rows = pipeline.evaluate_worlds(suite=suite, seeds=seeds, first_seed=first_seed, jobs=jobs, progress=bar)
    figures = {
        "rule_version": RULE_VERSION,
        "suite": suite,
        "seeds": seeds,
        "first_seed": first_seed,
        "rows": worlds_as_json(rows),
    }
    if out is not None:
        out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    if as_json:
        _print_json(figures)
    else:
        sys.stdout.write(worlds_as_text(rows) + "\n")


app.command()(personas.lookalikes)
app.command("similar-text")(personas.similar)
app.command()(pictures)
app.command()(post)
app.command()(indicators)
app.command("check-text")(check_text)
app.command()(collect)
app.command()(purge)


def _has_screen() -> bool:
    """Whether a browser could show anything: not in CI, not on a machine without a display."""
    if os.environ.get("CI"):
        return False
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def main() -> None:
    """Run the command line; every no is a sentence and an exit code, never a stack trace."""
    try:
        code = app(standalone_mode=False)
        # Typer turns Ctrl-C and --help into a code that it returns.
        if code == STOPPED:
            raise KeyboardInterrupt
        if code:
            raise SystemExit(code)
    except (KeyboardInterrupt, typer.Abort):
        sys.stderr.write("\nStopped. Nothing half-written was left behind.\n")
        raise SystemExit(STOPPED) from None
    except GroundswellError as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(error.exit_code) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except OSError as error:
        sys.stderr.write(f"{_disk(error)}\n")
        raise SystemExit(Failed.exit_code) from None
    except MemoryError:
        sys.stderr.write(
            "The memory of this machine does not suffice.\n  Nothing was written. Try `--memory 2GB` or fewer files.\n"
        )
        raise SystemExit(Failed.exit_code) from None
    except Exception as error:
        shown = getattr(error, "format_message", None)
        if shown is None:
            raise
        sys.stderr.write(f"{shown()}\n  `groundswell --help` names the commands and their options.\n")
        raise SystemExit(getattr(error, "exit_code", WrongUse.exit_code)) from None


def _disk(error: OSError) -> str:
    """What went wrong with a file or a disk, and what to do."""
    where = f" ({error.filename})" if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk is full{where}.\n  Nothing half-written was left behind. Free some space and run it again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"Permission denied{where}.\n  Name a file you may read and a folder where you may write."
    return f"{error.strerror or error}{where}.\n  Nothing half-written was left behind."


if __name__ == "__main__":
    main()
