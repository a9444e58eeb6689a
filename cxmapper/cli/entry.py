"""Where the command line begins and ends: which command is meant, and what its end means.

Every way to end has its exit status here: 0 done, 1 problems found, 2 the call or the input is
wrong, 3 the machine lacks something. A bug of ours ends with 1, one line, and the traceback in a
file. A command that the reader of its output left early, or that Ctrl+C stopped, ends as the
shell's own would: 141 and 130.
"""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click

from cxmapper import __version__
from cxmapper.cli.output import make_streams_lenient, say
from cxmapper.errors import UserError
from cxmapper.locale import Message, msg, tr

DONE, PROBLEMS, WRONG = 0, 1, 2
INTERRUPTED, PIPE_CLOSED = 130, 141

# Whether it can be read or written shows when it is, and then there is a sentence with the mend.
A_FILE = click.Path(readable=False, path_type=Path)

# Where each command lives. A module is imported only when its command is meant.
COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "new": "cxmapper.cli.maps",
        "templates": "cxmapper.cli.maps",
        "show": "cxmapper.cli.maps",
        "check": "cxmapper.cli.check",
        "export": "cxmapper.cli.export",
        "survey": "cxmapper.cli.survey",
        "score": "cxmapper.cli.score",
        "demo": "cxmapper.cli.demo",
    }
)
_OPEN = "open"


class Commands(click.Group):
    """The commands by name; a first word that names none is a file to open in the window."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names that `--help` lists, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """The command called `name`, imported now, or None."""
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(COMMANDS[name]), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word means, and the words that are left for it."""
        first = args[0]
        command = self.get_command(ctx, first)
        if command is not None:
            return first, command, args[1:]
        for name in args:
            if not os.path.exists(name):  # unlike Path.exists, False for names no disk could hold
                raise UserError(_neither_file_nor_command(name, is_first=name == first))
        return _OPEN, open_files, ["--", *args]


def _neither_file_nor_command(name: str, *, is_first: bool) -> Message:
    near = difflib.get_close_matches(name, COMMANDS, n=1, cutoff=0.5)
    if not is_first or Path(name).suffix:
        return msg("{file}: there is no such file", file=name)
    if near:
        return msg("there is no command or file “{name}”; did you mean “{near}”?", name=name, near=near[0])
    return msg("there is no command or file “{name}”; see cxmapper --help", name=name)


@click.command(_OPEN, help=tr("Open maps in the window."))
@click.argument("files", nargs=-1, type=A_FILE)
def open_files(files: tuple[Path, ...]) -> int:
    """Open maps in the window."""
    return open_window(files)


def open_window(files: Sequence[Path]) -> int:
    """Show the window with these maps, and return its exit status when it is closed.

    Raises MachineLacks where Qt or a display is missing.
    """
    from cxmapper.app.preflight import check_machine

    check_machine(os.environ)
    from cxmapper.app.main import run

    return run(list(files))


@click.group(
    cls=Commands,
    help=tr(
        "Journey maps on your desk: edit them in a window, or work on them here.\n\n"
        "With files, or with nothing, it opens the window. The exit status is 0 when done, 1 when "
        "problems were found, 2 when the call or the input is wrong, 3 when the machine lacks something."
    ),
    invoke_without_command=True,
    subcommand_metavar="[FILE]… | COMMAND [ARGS]…",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="cxmapper", message="%(prog)s %(version)s")
@click.pass_context
def cxmapper(ctx: click.Context) -> int | None:
    """Open the window where no command is given; with one, leave it to that."""
    return open_window(()) if ctx.invoked_subcommand is None else None


def run(args: Sequence[str]) -> int:
    """Run the command line `args` and return its exit status; messages are already said."""
    try:
        # Not click's own `main`, which ends some of these cases in its own way, version by version.
        with cxmapper.make_context("cxmapper", list(args)) as ctx:
            status: object = cxmapper.invoke(ctx)
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        return end.exit_code
    except UserError as problem:
        say(problem.words)
        return problem.status
    except click.ClickException as problem:
        say(_usage(problem))
        return WRONG
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        _forget_output()
        return PIPE_CLOSED
    except Exception as bug:
        if isinstance(bug, OSError) and bug.filename is None:  # of a stream; those of files have names
            _forget_output()
            say(msg("standard output can’t be written ({why}); send it elsewhere", why=bug.strerror))
            return WRONG
        say(_apology(bug))
        return PROBLEMS
    return status if isinstance(status, int) else DONE


def _forget_output() -> None:
    """Drop what is not written yet: the interpreter would try once more on its way out, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _usage(problem: click.ClickException) -> str:
    path = "cxmapper"
    if isinstance(problem, click.UsageError) and problem.ctx is not None:
        path = problem.ctx.command_path
    return tr("{problem} (see {command} --help)", problem=problem.format_message().rstrip("."), command=path)


def _apology(bug: Exception) -> Message:
    """What to say of a bug, with the file that now holds its traceback."""
    import traceback
    from datetime import datetime

    import platformdirs

    report = "".join(traceback.format_exception(bug))
    folder = Path(platformdirs.user_log_dir("cxmapper", appauthor=False))
    file = folder / f"error-{datetime.now():%Y%m%d-%H%M%S-%f}.txt"
    what: dict[str, Any] = {"what": f"{type(bug).__name__}: {bug}"}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(report, encoding="utf-8", errors="backslashreplace")
    except OSError as problem:
        return msg("a bug of ours ended this: {what} (no report: {problem})", problem=problem, **what)
    return msg("a bug of ours ended this: {what}; the report to send us is {file}", file=file, **what)


def main() -> None:
    """Run the command line of this process and end it."""
    make_streams_lenient()
    sys.exit(run(sys.argv[1:]))
