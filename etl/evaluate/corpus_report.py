"""What `quoth evaluate --gold` prints: figures, kinds of error and calibration of one reading of a corpus."""

from collections.abc import Iterator
from pathlib import Path

from etl.analyse import language_model
from etl.errors import OptionError
from etl.evaluate import calibration, mistakes
from etl.evaluate.corpus import extracted, read_corpus, read_predictions, score_corpus
from etl.evaluate.table import table
from etl.settings import ModelSettings


def corpus_report(
    gold: Path,
    predictions: Path | None,
    *,
    model: ModelSettings,
    samples: int,
    with_mistakes: bool = False,
    details: bool = False,
    drawing: Path | None = None,
) -> Iterator[str]:
    """Lines to read. predictions: a file of them, None to find them now with model. drawing: where the SVG goes.

    details: each error under its kind. Raises LabelError where a file cannot be used, OptionError where the drawing
    cannot be written, both before anything is found.
    """
    if drawing and (drawing.is_dir() or not drawing.parent.is_dir()):
        raise OptionError(f"--calibration {drawing}: no file can be written there; name one in a folder that exists")
    articles = read_corpus(gold)
    found = read_predictions(predictions, articles) if predictions else extracted(articles, language_model(model))
    answers = calibration.answers(articles, found) if drawing else []
    yield from table(score_corpus(articles, found), samples)
    if predictions and (silent := [article.id for article in articles if article.id not in found]):
        yield ""
        yield f"no predictions, counted as nothing found: {len(silent)} of {len(articles)} articles"
    if with_mistakes:
        yield ""
        yield from mistakes.table("mistakes", mistakes.mistakes(articles, found), details=details)
        yield ""
        borders = mistakes.wrong_borders(articles, found)
        yield from mistakes.table("right, but their contents not exact", borders, details=details)
    if drawing:
        measured = calibration.calibration(answers)
        yield ""
        yield from calibration.table(measured)
        drawing.write_text(calibration.picture(measured), encoding="utf-8")
