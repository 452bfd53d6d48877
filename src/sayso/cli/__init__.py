"""The command line: a command is parse, one library call, render. Nothing else in the package prints or exits.

Nothing heavy stands at this door: each command is a module of its own that is imported when it is called for, and it
imports the library and the renderers inside its function.

Exit codes: 0 done, 1 some documents could not be read or a check found faults, 2 the call itself is wrong,
130 stopped by Ctrl-C.
"""

from __future__ import annotations

import click

from sayso.cli.door import Door

COMMANDS = (
    "read", "gather", "documents", "show", "statements", "speakers", "figures", "findings", "find", "why", "copies", "matches", "people",
    "series", "incidents", "voices", "who-speaks", "decide", "undo",
    "decisions", "label", "labels", "sample", "agreement", "diff", "forget", "export", "import", "check", "about",
    "open",
)  # fmt: skip
EXAMPLES = (
    "sayso read news/                      read a folder into sayso.db",
    "sayso statements --speaker Halden     what Halden is said to have said",
    "sayso show bridge.txt                 one page, with whose words are whose",
)


@click.command(
    "sayso",
    cls=Door,
    examples=EXAMPLES,
    commands_in=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="sayso", message="sayso %(version)s")
def main() -> None:
    """Read a pile of news into a ledger of who said what, each line led back to its characters."""
