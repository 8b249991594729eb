"""read … extract beside the bare pipeline: the same texts, the same batches, every second under its stage."""

import json
from datetime import UTC, datetime
from itertools import islice
from time import sleep

import pytest
from spacy.lang.en import English

from etl.errors import OptionError
from etl.evaluate import speed
from etl.evaluate.loading import Loading
from etl.evaluate.resident import can_measure
from etl.evaluate.speed import (
    STAGES,
    Clock,
    Pass,
    Round,
    Whole,
    compared,
    endless,
    measured,
    resolve_share,
    shares,
    surveyed,
    watched,
    words_per_cpu_s,
    words_per_s,
    worked,
)
from etl.records import RawArticle, Refused
from schema.cli import main

NOW = datetime(2022, 1, 20, 12, tzinfo=UTC)
TEXT = "Ada Vance said that the bridge over the river was safe and would open to the public on Monday morning."


class Watched(English):
    """A pipeline that tells what it was given, and in which batches."""

    def __init__(self):
        super().__init__()
        self.given = []

    def pipe(self, texts, as_tuples=False, batch_size=None, **options):
        # With tuples spaCy calls itself again without.
        if as_tuples:
            texts = list(texts)
            self.given.append(([text for text, _ in texts], batch_size))
        yield from super().pipe(texts, as_tuples=as_tuples, batch_size=batch_size, **options)


def nothing(doc):
    return []


def deaf(amount):
    """Who is told and does not care."""


def a_whole(nlp=None, quotations=nothing, batch_size=2):
    return Whole(nlp or English(), quotations, batch_size)


def records(*texts):
    """Articles of these texts without end; None stands for a record that is refused."""
    while True:
        for text in texts:
            yield RawArticle("test", text, language="en") if text else Refused("test", "not-json", "test: no", b"")


def lines(folder, *rows, name="articles.jsonl"):
    path = folder / name
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_survey_counts_articles_words_and_refusals_by_reason(tmp_path):
    english = lines(tmp_path, {"text": TEXT}, {"text": TEXT, "language": "de"}, ["no object"])
    more = tmp_path / "more.txt"
    more.write_text(TEXT, encoding="utf-8")

    corpus = surveyed([english, more], NOW, deaf)

    assert (corpus.articles, corpus.words) == (2, 2 * len(TEXT.split()))
    assert corpus.refused == {"unsupported-language": 1, "wrong-type": 1}


def test_a_survey_tells_every_byte_once(tmp_path):
    paths = [lines(tmp_path, {"text": TEXT}, {"text": TEXT}), lines(tmp_path, {"text": TEXT}, name="b.jsonl")]
    told = []

    surveyed(paths, NOW, told.append)

    assert sum(told) == sum(path.stat().st_size for path in paths)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("nowhere.jsonl", None, "nowhere.jsonl: there is no such file; check the path"),
        (
            "page.html",
            "<p>",
            "page.html: has the ending '.html'; Quoth reads .txt, .json, .jsonl: convert or rename it",
        ),
        ("a.jsonl", "{\n", "a.jsonl:1: is not JSON: "),
        ("a.jsonl", "[]\n[]\n[]\n", "(and 2 more records that cannot be used)"),
        ("a.jsonl", '{"text": "x", "language": "de"}\n', "a.jsonl:1: language 'de' (declared) is not spoken here"),
    ],
)
def test_a_path_without_an_article_stops_the_measurement(tmp_path, name, content, message):
    good, bad = lines(tmp_path, {"text": TEXT}, name="good.jsonl"), tmp_path / name
    if content is not None:
        bad.write_text(content, encoding="utf-8")

    with pytest.raises(OptionError) as caught:
        surveyed([good, bad], NOW, deaf)

    assert message in str(caught.value)
    assert str(caught.value).startswith(str(bad))


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ({"articles": 3}, "--articles 3: give 4 or more, or 0 to leave memory out"),
        ({"articles": -1}, "--articles -1: give 4 or more, or 0 to leave memory out"),
        ({"batch_size": 0}, "--batch-size 0: give 1 or more texts"),
    ],
)
def test_a_number_that_cannot_be_used_is_named(tmp_path, numbers, message):
    with pytest.raises(OptionError) as caught:
        measured([tmp_path], **{"articles": 10, "batch_size": 16, **numbers}, core=None, now=NOW)

    assert str(caught.value) == message


def test_the_given_articles_come_again_and_again(tmp_path):
    path = lines(tmp_path, {"text": "One."}, {"text": "Two."})

    found = [record.text for record in islice(endless([path], NOW), 5)]

    assert found == ["One.", "Two.", "One.", "Two.", "One."]


def test_every_article_goes_through_every_stage_in_its_order():
    extracted = []
    whole = a_whole(quotations=lambda doc: extracted.append(doc.text) or [])

    done = [article.text for article in worked(records("One.", None, "Two."), whole, 3, Clock())]

    assert done == extracted == ["One.", "Two.", "One."]


def test_no_more_is_read_than_is_worked_on():
    source = records("One.", "Two.", "Three.")

    list(worked(source, a_whole(batch_size=16), 2, Clock()))

    assert next(source).text == "Three."


def test_an_article_in_another_language_is_no_article():
    source = (RawArticle("test", TEXT, language=language) for language in ("de", "en", "fr", "en"))

    assert len(list(worked(source, a_whole(), 2, Clock()))) == 2


def slow_records():
    for record in records("One."):
        sleep(0.01)
        yield record


def test_time_is_booked_under_the_stage_that_takes_it():
    reading, extracting = Clock(), Clock()

    list(worked(slow_records(), a_whole(), 3, reading))
    list(worked(records("One."), a_whole(quotations=lambda doc: sleep(0.01) or []), 3, extracting))

    assert reading.seconds["read"] >= 0.03 > reading.seconds["extract"]
    assert extracting.seconds["extract"] >= 0.03 > extracting.seconds["read"]


def test_both_sides_get_the_same_texts_in_the_same_batches_turn_by_turn():
    ours, bare = Watched(), Watched()

    found = compared(records("One.", "Two.", "Three."), a_whole(ours, batch_size=7), bare, 2, 3, deaf)

    assert ours.given == bare.given
    assert ours.given == [(["One.", "Two."], 7), (["Three.", "One."], 7), (["Two.", "Three."], 7)]
    assert [(one.whole.words, one.bare.words) for one in found] == [(2, 2)] * 3


def test_a_very_long_text_is_taken_in_the_same_pieces_by_both():
    ours, bare = Watched(), Watched()
    told = []

    compared(records("word " * 20_000), a_whole(ours), bare, 1, 1, told.append)

    assert ours.given == bare.given
    assert len(ours.given[0][0]) == 2
    assert sum(told) == 2


def test_the_time_of_a_pass_is_that_of_its_stages():
    (found,) = compared(slow_records(), a_whole(), English(), 3, 1, deaf)

    assert tuple(found.whole.stages) == STAGES
    assert sum(found.whole.stages.values()) == pytest.approx(found.whole.wall_s)
    assert found.whole.stages["read"] >= 0.03


def test_sleeping_costs_time_by_the_clock_and_not_of_the_processor():
    (found,) = compared(slow_records(), a_whole(), English(), 10, 1, deaf)

    assert found.whole.wall_s >= 0.1
    assert found.whole.cpu_s < found.whole.wall_s


def test_the_ratio_is_of_words_a_second():
    found = Round(whole=Pass(100, wall_s=2, cpu_s=1.5), bare=Pass(100, wall_s=1, cpu_s=0.9))

    assert (found.ratio, found.cpu_ratio) == pytest.approx((0.5, 0.6))


def test_words_a_second_are_the_median_of_the_rounds():
    passes = [Pass(100, 1, 1), Pass(100, 2, 1), Pass(100, 50, 2)]

    assert (words_per_s(passes), words_per_cpu_s(passes)) == (50, 100)


def test_resolving_is_told_beside_annotate_and_counts_in_no_stage():
    """Its seconds are those of resolve alone."""
    stages = {"read": 0.5, "clean": 0.5, "annotate": 2.0, "extract": 1.0}

    assert resolve_share([Pass(100, 4, 4, stages, 0.2), Pass(100, 4, 4, stages, 0.4)]) == pytest.approx(0.15)


def test_shares_of_the_stages_add_up_to_one():
    stages = {"read": 0.5, "clean": 0.5, "annotate": 2.0, "extract": 1.0}

    found = shares([Pass(100, 4, 4, stages), Pass(100, 4, 4, {**stages, "read": 1.0, "clean": 0.0})])

    assert found == {"read": 0.1875, "clean": 0.0625, "annotate": 0.5, "extract": 0.25}


def test_memory_is_looked_at_after_every_article(monkeypatch):
    held = iter([100.0, 100.0, 101.0, 102.0])
    monkeypatch.setattr(speed, "resident_mib", lambda: next(held))
    monkeypatch.setattr(speed, "peak_mib", lambda: 110.0)
    told = []

    found = watched(records("One."), a_whole(), 4, told.append)

    assert (found.articles, found.slope_mib, found.peak_mib) == (4, pytest.approx(1000), 110)
    assert told == [1] * 4


@pytest.mark.model
def test_one_command_prints_speed_and_memory(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(speed, "ROUNDS", 1)
    monkeypatch.setattr(speed, "loading", lambda *_: Loading(2, 1))
    path = lines(tmp_path, {"text": TEXT * 3}, {"text": TEXT})

    code = main(["speed", str(path), "--articles", "4", "--json"])

    found = json.loads(capsys.readouterr().out)
    assert code == 0
    assert (found["articles"], found["refused"], found["batch_size"]) == (2, {}, 16)
    assert 0 < found["ratio"] < 10
    assert sum(found["shares"].values()) == pytest.approx(1)
    assert (found["resident"] is not None) == can_measure()
    assert found["loading"] == {"whole_s": 2, "bare_s": 1}


def test_the_command_names_what_it_cannot_read(tmp_path, capsys):
    code = main(["speed", str(tmp_path / "nowhere.jsonl")])

    assert code == 2
    assert capsys.readouterr().err.endswith("nowhere.jsonl: there is no such file; check the path\n")
