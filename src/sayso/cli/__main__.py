"""``python -m sayso.cli`` is the same program as ``sayso``."""

from sayso.cli import main

main()
