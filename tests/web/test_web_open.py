"""The command: the first line is the address with its key; a port that is taken; Ctrl-C ends it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from click.testing import CliRunner

from sayso.cli.open import command
from sayso.errors import UsageError
from sayso.web.serving import bound

RUN = [sys.executable, "-c", "from sayso.cli.open import command; command()"]


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent as a signal")
def test_open_prints_its_address_and_answers(own_ledger: Path):
    process = subprocess.Popen(
        [*RUN, str(own_ledger), "--port", "0", "--no-browser"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "SAYSO_REVIEWER": "Nela Vorst", "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:")
        home, _, token = address.partition("/?token=")
        assert len(token) > 40
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        with browser.open(address) as page:
            assert page.url == f"{home}/pile"
            assert "Nela Vorst" in page.read().decode()
        assert "Ctrl-C" in process.stdout.readline()
        with pytest.raises(urllib.error.HTTPError, match="401") as locked:
            urllib.request.urlopen(f"{home}/pile")
        locked.value.close()
        port = int(home.rpartition(":")[2])
        with pytest.raises(UsageError, match="cannot be had"):
            bound(port)
    finally:
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert "Traceback" not in errors


def test_open_of_nothing(tmp_path: Path):
    done = CliRunner().invoke(command, [str(tmp_path / "none.db"), "--no-browser"])
    assert isinstance(done.exception, UsageError)
    assert "there is no ledger" in str(done.exception)


@pytest.mark.parametrize("port", ["x", "-1", "65536", "1.5"])
def test_open_at_no_port(port: str):
    done = CliRunner().invoke(command, ["x.db", "--port", port])
    assert done.exit_code == 2
    assert "no port" in done.output


def test_the_loopback_address_alone():
    socket = bound(0)
    try:
        assert socket.getsockname()[0] == "127.0.0.1"
    finally:
        socket.close()
