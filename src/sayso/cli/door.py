"""The group that all commands stand in: it loads a command when it is called, and turns errors into exit codes."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click

from sayso.cli.render import complain
from sayso.errors import InputError, SaysoError

STOPPED = 130
WRONG_CALL = 2
NOT_ALL = 1


class _PipeClosedError(Exception):
    """The reader of our output has left (``| head``)."""


@contextmanager
def _ends_told() -> Iterator[None]:
    """Keep from click what ends a command from outside.

    For a closed pipe it would exit with 1, for Ctrl-C it would print an empty line.
    """
    try:
        yield
    except KeyboardInterrupt as error:
        raise click.Abort from error
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise _PipeClosedError from error
        raise


class Explained(click.Command):
    """A command whose help ends with examples: command lines as they are typed."""

    def __init__(self, *args: Any, examples: Sequence[str] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.examples = tuple(examples)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        if self.examples:
            with formatter.section("Examples"):
                formatter.write("".join(f"  {example}\n" for example in self.examples))


class Chapter(Explained, click.Group):
    """A command of several, each of which does one thing; they stand in the order in which they were written."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in their order."""
        return list(self.commands)


class Door(Explained, click.Group):
    """A group whose commands are modules of ``sayso.cli``, each with a ``command`` of its name."""

    def __init__(self, *args: Any, commands_in: Sequence[str] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.commands_in = tuple(commands_in)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of work, not of the alphabet."""
        return list(self.commands_in)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now; None where there is none."""
        if cmd_name not in self.commands_in:
            return None
        command = import_module(f"sayso.cli.{cmd_name.replace('-', '_')}").command
        assert isinstance(command, click.Command)
        return command

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """As in click, but for how a command is ended from outside."""
        with _ends_told():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """As in click, but for how a command is ended from outside."""
        with _ends_told():
            return super().invoke(ctx)

    def main(  # type: ignore[override]  # click declares one overload for each value of standalone_mode
        self, args: Sequence[str] | None = None, *, standalone_mode: bool = True, **more: Any
    ) -> Any:
        """Run a command line and exit with its code; with ``standalone_mode`` false return the code instead."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):  # what a narrow terminal cannot show is an escape, not an error
                stream.reconfigure(errors="backslashreplace")
        code = self._run(args, **more)
        if standalone_mode:
            sys.exit(code)
        return code

    def _run(self, args: Sequence[str] | None, **more: Any) -> int:
        try:
            code = super().main(args, standalone_mode=False, **more)
            sys.stdout.flush()
        except (_PipeClosedError, BrokenPipeError):
            _close_quietly()
            return 0
        except click.Abort:
            return STOPPED
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            return WRONG_CALL
        except click.ClickException as error:
            complain(f"{error.format_message()}{_hint(error)}")
            return WRONG_CALL
        except SaysoError as error:
            complain(str(error))
            return NOT_ALL if isinstance(error, InputError) else WRONG_CALL
        return code if isinstance(code, int) else 0


def _hint(error: click.ClickException) -> str:
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f" (see {context.command_path} --help)" if context else ""


def _close_quietly() -> None:
    """Give standard output a place to go, so that the interpreter's last flush does not complain."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):
        return
