"""Options that several commands share, and the checks on their values."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sayso.errors import UsageError

if TYPE_CHECKING:
    from sayso.ledger import Ledger

F = TypeVar("F", bound=Callable[..., Any])

DEFAULT = "sayso.db"
ledger = click.option(
    "-l", "--ledger", "ledger", default=DEFAULT, show_default=True, metavar="FILE", help="The ledger to use."
)
as_json = click.option("--json", "as_json", is_flag=True, help="One JSON object a line, whole and exact.")
as_csv = click.option("--csv", "as_csv", is_flag=True, help="CSV with a header row, whole.")


class Count(click.ParamType[int]):
    """A whole number from 1."""

    name = "N"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number; fails where it is none, or less than 1."""
        if not (str(value).isdecimal() and int(value) > 0):
            self.fail(f"“{value}” is no whole number from 1", param, ctx)
        return int(value)


class Day(click.ParamType[str]):
    """A date as YYYY, YYYY-MM or YYYY-MM-DD."""

    name = "DATE"
    _form = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The date as given, or nothing; fails where it has another form."""
        if value and not self._form.fullmatch(str(value)):
            self.fail(f"“{value}” is no date: write 2031, 2031-04 or 2031-04-09", param, ctx)
        return str(value)


class Years(click.ParamType[range]):
    """The years that a pile is from: one, or the first and the last."""

    name = "YEARS"
    _form = re.compile(r"(\d{4})(?:\s*[-–]\s*(\d{4}))?")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> range:
        """The years; fails where they have another form, or the last is before the first."""
        if isinstance(value, range):
            return value
        found = self._form.fullmatch(str(value).strip())
        if found is None:
            self.fail(f"“{value}” is no year and no years: write 2031 or 2031-2034", param, ctx)
        first, last = int(found[1]), int(found[2] or found[1])
        if not 1 <= first <= last:
            self.fail(f"“{value}” ends before it begins: write the first year first", param, ctx)
        return range(first, last + 1)


all_acts = click.option(
    "--all", "all_acts", is_flag=True, help="Also what speakers think and want, not only what they say."
)
limit = click.option("--limit", type=Count(), help="At most N lines.")
label = click.option("--label", default="", metavar="LABEL",
                     help="Only what bears that label of yours: the statement, who speaks, or the outlet.")  # fmt: skip
all_versions = click.option(
    "--all-versions", "--old-versions", "all_versions", is_flag=True, help="Also earlier versions of a page."
)
since = click.option("--since", type=Day(), default="", help="Published on that day or later (YYYY[-MM[-DD]]).")
until = click.option("--until", type=Day(), default="", help="Published on that day or earlier.")


def _user() -> str:
    """The system's name for who is at work; nothing where it has none."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


reviewer = click.option(
    "--reviewer", envvar="SAYSO_REVIEWER", default=_user, metavar="NAME",
    help="Who decides.  [default: SAYSO_REVIEWER of the environment, else your user name]",
)  # fmt: skip
note = click.option("--note", default="", metavar="WORDS", help="Why, for those who come later.")


def by(reviewer: str) -> str:
    """Who decides. Raises ``UsageError`` where nobody is named."""
    if not reviewer.strip():
        raise UsageError("nobody is named who decides; give --reviewer NAME, or set SAYSO_REVIEWER")
    return reviewer.strip()


def table_options(command: F) -> F:
    """``-l``, ``--json`` and ``--csv``, for a command whose result is a table."""
    return ledger(as_json(as_csv(command)))


def one_form(as_json: bool, as_csv: bool) -> None:
    """Raises ``UsageError`` where two forms are asked for at once."""
    if as_json and as_csv:
        raise UsageError("--json and --csv cannot both be; choose one")


def open_ledger(path: str, *, write: bool = False) -> Ledger:
    """The ledger at ``path``, to be used in a ``with``. Raises ``UsageError`` where no file is there."""
    from sayso.ledger import Ledger

    if not Path(path).exists():
        raise UsageError(f"there is no ledger at {path}; make one with: sayso read -l {path} FOLDER")
    return Ledger(path, write=write)


def named(path: str) -> str:
    """How a command line names the ledger at ``path``: `` -l FILE``, or nothing for the one that needs no naming."""
    return "" if path == DEFAULT else f" -l {shlex.quote(path)}"
