"""A measurement as people and as machines read it."""

import json
from dataclasses import replace
from pathlib import Path

from etl.evaluate.loading import Loading
from etl.evaluate.resident import Resident
from etl.evaluate.speed import Corpus, Measured, Pass, Round
from etl.evaluate.speed_table import speed_json, speed_table

STAGES = {"read": 0.1, "clean": 0.2, "annotate": 1.2, "extract": 0.5}


def a_round(bare_s):
    return Round(Pass(8000, 2.0, 1.6, STAGES), Pass(8000, bare_s, 0.8))


MEASURED = Measured(
    model="en_core_web_sm 3.8.0",
    core=3,
    stray_threads=0,
    batch_size=16,
    corpus=Corpus((Path("a.jsonl"),), 1200, 8000, {}),
    loading=Loading(1.5, 0.9),
    resident=Resident(
        articles=5000,
        median_mib=400.4,
        slope_mib=0.123,
        range_mib=9.87,
        floor_slope_mib=-0.456,
        floor_range_mib=3.21,
        peak_mib=450,
    ),
    rounds=(a_round(1.0), a_round(1.2), a_round(1.1)),
)


def text(found=MEASURED):
    return "\n".join(speed_table(found))


def figures(head, found=MEASURED):
    """What stands behind the head of a line."""
    return next(line.removeprefix(head).split() for line in text(found).splitlines() if line.startswith(head))


def test_words_a_second_stand_beside_each_other_and_the_ratio_below_with_its_range():
    assert figures("read … extract") == ["4,000", "5,000"]
    assert figures("bare spaCy") == ["7,273", "10,000"]
    assert figures("ratio") == ["0.550", "0.500"]
    assert figures("  over the rounds") == ["0.500–0.600", "0.500–0.500"]


def test_shares_of_the_stages_are_told():
    assert "time by stage: read 5.0 %, clean 10.0 %, annotate 60.0 %, extract 25.0 %" in text()


def test_loading_and_memory_are_told():
    assert "seconds to the first sentence: 1.50, bare 0.90" in text()
    assert (
        "resident memory over the last half of 5,000 articles: 400 MiB, slope +0.12 MiB per 1,000 articles, "
        "max − min 9.9 MiB; its floor: slope -0.46, max − min 3.2; peak 450 MiB"
    ) in text()


def test_the_conditions_are_told():
    assert "1,200 articles, 8,000 words; en_core_web_sm 3.8.0" in text()
    assert "3 rounds after a warm-up, batches of 16, one thread, core 3" in text()


def test_what_makes_the_figures_doubtful_is_told():
    doubtful = replace(MEASURED, stray_threads=2, corpus=replace(MEASURED.corpus, refused={"not-json": 4}))

    assert "not on that core alone: 2 threads" in text(doubtful)
    assert "left out: 4 (not-json)" in text(doubtful)
    assert "not on that core" not in text()
    assert "left out" not in text()


def test_a_system_that_cannot_pin_says_so():
    assert "not pinned to a core: this system cannot" in text(replace(MEASURED, core=None))


def test_memory_that_was_not_measured_has_no_figures():
    found = replace(MEASURED, resident=None)

    assert "resident memory: not measured" in text(found)
    assert speed_json(found)["resident"] is None


def test_machines_get_the_same_figures():
    found = json.loads(json.dumps(speed_json(MEASURED)))

    assert found["ratio"] == 0.55
    assert found["ratios"] == [0.5, 0.6, 0.55]
    assert found["words_per_s"]["whole"] == 4000
    assert found["resident"]["slope_mib_per_1000_articles"] == 0.123
    assert found["core"] == 3
