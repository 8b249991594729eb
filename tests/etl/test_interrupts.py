"""A load that is told to stop: at the end of a batch, and the same command goes on."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from etl.interrupts import stopping_at_edges
from schema import tables
from schema.database import engine_for
from schema.migrate import migrate
from tests.signals import raise_signal

SAMPLES = Path(__file__).resolve().parents[2] / "seeds" / "articles"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_stops_at_the_next_edge(number: int) -> None:
    """And is told; afterwards signals mean what they meant before."""
    told: list[str] = []
    before = signal.getsignal(number)

    def work() -> None:
        with stopping_at_edges(told.append) as edge:
            edge()
            raise_signal(number)
            told.append("goes on")
            edge()
            told.append("past the edge")

    with pytest.raises(KeyboardInterrupt):
        work()

    assert told == ["stopping when this batch is stored; once more to stop at once, without it", "goes on"]
    assert signal.getsignal(number) is before


def test_the_second_signal_stops_at_once() -> None:
    """Wherever the program is."""
    told: list[str] = []

    def work() -> None:
        with stopping_at_edges(told.append):
            raise_signal(signal.SIGTERM)
            raise_signal(signal.SIGTERM)
            told.append("goes on")

    with pytest.raises(KeyboardInterrupt):
        work()

    assert told[1:] == []


@pytest.mark.model
def test_a_load_that_is_told_to_stop_has_whole_batches_and_refuses_nothing(tmp_path: Path) -> None:
    """The signal reaches the process that reads articles, too: a service is stopped with all its processes."""
    url = f"sqlite:///{tmp_path / 'quoth.db'}"
    migrate(url)
    engine = engine_for(url)
    process = subprocess.Popen(
        [sys.executable, "-c", "from schema.cli import main; raise SystemExit(main())", "load", str(SAMPLES), "--fast"],
        env={**os.environ, "QUOTH_BATCH_SIZE": "1", "QUOTH_DATABASE_URL": url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    count = select(func.count()).select_from(tables.Article)
    deadline = time.monotonic() + 60
    stored = 0
    while not stored and process.poll() is None and time.monotonic() < deadline:
        with engine.connect() as connection:
            stored = connection.execute(count).scalar_one()
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGTERM)
    _, told = process.communicate(timeout=60)

    with engine.connect() as connection:
        stored = connection.execute(count).scalar_one()
        outcomes = dict(connection.execute(select(tables.LoadOutcome.outcome, tables.LoadOutcome.count)).all())
    engine.dispose()
    assert process.returncode == 130
    assert "stopping when this batch is stored" in told
    assert "run the same command to go on" in told
    assert 0 < stored < len(list(SAMPLES.glob("*.json")))
    assert {name: n for name, n in outcomes.items() if name.startswith("article")} == {"article: added": stored}
