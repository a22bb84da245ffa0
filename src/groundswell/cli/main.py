"""The command line: where it begins, and how each no becomes a sentence. Which verbs there are: verbs.py.

What a person reads while a command works goes to the error stream. Exit codes: 0 fine, 1 failed, 2 wrong use,
130 stopped by Ctrl-C. With `--json`, the output holds figures and nothing else.
"""

from __future__ import annotations

import errno
import os
import sys
from typing import NoReturn

import typer

from groundswell.cli.verbs import Verbs
from groundswell.errors import INTERRUPTED, STOPPED, Failed, GroundswellError, WrongUse

app = typer.Typer(
    name="groundswell",
    cls=Verbs,
    help="Measures coordinated campaigns in social media posts, and shows the posts behind every claim.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def all_verbs() -> None:
    """Nothing is done before the verb."""


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
        _stopped()
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
        if isinstance(error, RuntimeError) and str(error) == INTERRUPTED:
            _stopped()
        shown = getattr(error, "format_message", None)
        if shown is None:
            raise
        sys.stderr.write(f"{shown()}\n  `groundswell --help` names the commands and their options.\n")
        raise SystemExit(getattr(error, "exit_code", WrongUse.exit_code)) from None


def _stopped() -> NoReturn:
    sys.stderr.write("\nStopped. Nothing half-written was left behind.\n")
    raise SystemExit(STOPPED) from None


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
