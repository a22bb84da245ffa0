"""The command line: its verbs in the order a newcomer meets them, and how each no becomes a sentence.

What a person reads while a command works goes to the error stream. Exit codes: 0 fine, 1 failed, 2 wrong use,
130 stopped by Ctrl-C. With `--json`, the output holds figures and nothing else.
"""

from __future__ import annotations

import errno
import os
import sys

import typer

from groundswell.cli import personas
from groundswell.cli.assess import assess
from groundswell.cli.bundle import bundle
from groundswell.cli.capture import capture
from groundswell.cli.check_text import check_text
from groundswell.cli.claims import claims
from groundswell.cli.collect import collect
from groundswell.cli.demo import demo
from groundswell.cli.detect import detect
from groundswell.cli.dispute import dispute
from groundswell.cli.domains import domains
from groundswell.cli.evaluate import evaluate
from groundswell.cli.evidence import EVIDENCE
from groundswell.cli.explain import explain
from groundswell.cli.export import export
from groundswell.cli.history import history
from groundswell.cli.indicators import indicators
from groundswell.cli.inspect import inspect
from groundswell.cli.lists import lists
from groundswell.cli.new import new
from groundswell.cli.pictures import pictures
from groundswell.cli.post import post
from groundswell.cli.publish import publish
from groundswell.cli.purge import purge
from groundswell.cli.read import read
from groundswell.cli.run import run
from groundswell.cli.serve import serve
from groundswell.cli.simulate import simulate
from groundswell.cli.stream import stream
from groundswell.cli.trace import trace
from groundswell.cli.try_setting import try_setting
from groundswell.cli.verify import verify
from groundswell.cli.watch import watch
from groundswell.cli.worksheet import worksheet
from groundswell.errors import STOPPED, Failed, GroundswellError, WrongUse

app = typer.Typer(
    name="groundswell",
    help="Measures coordinated campaigns in social media posts, and shows the posts behind every claim.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.command()(demo)
app.command()(run)
app.command()(inspect)
app.command()(new)
app.command()(read)
app.command()(export)
app.command()(trace)
app.command()(detect)
app.command("try")(try_setting)
app.command()(assess)
app.command()(publish)
app.command()(serve)
app.command()(watch)
app.add_typer(lists)
app.command()(explain)
app.command()(simulate)
app.command()(evaluate)
app.command()(personas.lookalikes)
app.command()(domains)
app.command("similar-text")(personas.similar)
app.command()(pictures)
app.command()(post)
app.command()(indicators)
app.command()(history)
app.command("check-text")(check_text)
app.command()(bundle)
app.command()(verify)
app.command()(dispute)
app.command()(claims)
app.command()(worksheet)
app.command()(collect)
app.command()(stream)
app.command()(purge)
app.command()(capture)
app.add_typer(EVIDENCE)


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
