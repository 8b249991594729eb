"""Seconds to the first sentence, in processes that have loaded nothing before."""

import pickle
import sys
from functools import partial
from time import sleep

import pytest

from etl.annotate import installed_model, load_model
from etl.evaluate.loading import loading, seconds_of
from etl.extract import quotations


def test_the_work_is_timed():
    assert 0.05 <= seconds_of(pickle.dumps(partial(sleep, 0.05))) < 5


def test_importing_what_the_work_needs_is_timed_with_it(tmp_path, monkeypatch):
    (tmp_path / "slow_to_import.py").write_text("import time\ndef work(): pass\n")
    monkeypatch.syspath_prepend(tmp_path)
    import slow_to_import

    payload = pickle.dumps(slow_to_import.work)
    (tmp_path / "slow_to_import.py").write_text("import time\ntime.sleep(0.05)\ndef work(): pass\n")
    monkeypatch.delitem(sys.modules, "slow_to_import")

    assert seconds_of(payload) >= 0.05


@pytest.mark.model
def test_both_sides_are_timed_in_their_own_processes():
    told = []

    found = loading(installed_model().split()[0], load_model, quotations, 1, told.append)

    assert 0 < found.bare_s < 60
    assert 0 < found.whole_s < 60
    assert told == [1, 1]
