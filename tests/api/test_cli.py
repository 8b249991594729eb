import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from schema.cli import main

QUOTH = [str(Path(sys.executable).with_name("quoth"))]


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield str(taken.getsockname()[1])


@pytest.fixture
def free_port():
    with socket.create_server(("127.0.0.1", 0)) as freed:
        return str(freed.getsockname()[1])


def test_check_port_of_a_free_port_says_nothing(free_port, capsys):
    assert main(["serve", "--check-port", "--port", free_port]) == 0

    assert capsys.readouterr() == ("", "")


def test_check_port_of_a_taken_port_says_what_to_give_make(taken_port, capsys):
    assert main(["serve", "--check-port", "--port", taken_port]) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    assert f"port {taken_port} on 127.0.0.1 is taken" in printed.err
    assert "make run PORT=8123" in printed.err


def test_serving_on_a_taken_port_says_which_option_takes_another(taken_port, capsys):
    assert main(["serve", "--port", taken_port, "--database", "sqlite:///unused.db"]) == 2

    assert "--port 8123" in capsys.readouterr().err


def test_the_option_goes_before_the_variable(free_port, taken_port, monkeypatch):
    monkeypatch.setenv("QUOTH_PORT", taken_port)

    assert main(["serve", "--check-port"]) == 2
    assert main(["serve", "--check-port", "--port", free_port]) == 0


@pytest.mark.parametrize("port", ["65536", "-1", "http", "1e3", ""])
def test_an_impossible_port_is_a_usage_error(port, capsys):
    with pytest.raises(SystemExit) as caught:
        main(["serve", f"--port={port}"])

    assert caught.value.code == 2
    assert "0 to 65535" in capsys.readouterr().err


def test_a_bad_setting_stops_the_start(monkeypatch, capsys):
    monkeypatch.setenv("QUOTH_POOL_SIZE", "many")

    assert main(["serve"]) == 2
    assert "QUOTH_POOL_SIZE='many'" in capsys.readouterr().err


def test_a_database_that_is_not_migrated_is_not_served(empty_database_url, capsys):
    assert main(["serve", "--port", "0", "--database", empty_database_url]) == 3

    printed = capsys.readouterr()
    assert printed.out == ""
    assert "quoth migrate" in printed.err


@pytest.fixture
def server(database_url):
    process = subprocess.Popen(
        [*QUOTH, "serve", "--port", "0", "--database", database_url],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    yield process
    process.kill()
    process.communicate()


def test_serve_prints_its_address_and_three_questions_answers_and_stops_on_ctrl_c(server):
    first, *questions = (server.stdout.readline() for _ in range(7))
    address = re.search(r"http://127\.0\.0\.1:\d+", first)[0]

    health = httpx.get(f"{address}/health", timeout=60)
    server.send_signal(signal.SIGINT)
    rest, log = server.communicate(timeout=60)

    assert health.json()["status"] == "ok"
    assert all(question.endswith("?\n") for question in questions[0::2])
    assert [link.strip() for link in questions[1::2]] == [f"{address}/graphql?question={n}" for n in (1, 2, 3)]
    assert rest == ""
    assert server.returncode == 0
    assert "Traceback" not in log
    assert "GET /health" in log  # the access log is a log: stderr
