"""Nothing is left in the user's home, and no library that is used counts its users there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_reading_leaves_the_home_as_it_was(tmp_path: Path):
    home, page = tmp_path / "home", tmp_path / "page.txt"
    home.mkdir()
    page.write_text("“The bridge is safe,” said Lia Renn, the harbour master.\n", encoding="utf-8")
    command = [sys.executable, "-m", "sayso.cli", "read", "-l", str(tmp_path / "l.db"), str(page)]
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("ORT_", "XDG_"))}
    done = subprocess.run(command, env={**environment, "HOME": str(home)}, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in home.rglob("*")) == []
