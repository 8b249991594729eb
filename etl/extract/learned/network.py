"""The trained network as it ships: two ONNX graphs, their vocabulary and their settings, pinned by hash."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from etl.errors import ModelError
from etl.extract.learned.decode import Floats, Numbers
from etl.extract.learned.graph import Graph
from etl.extract.learned.words import Vocabulary, Words

FOLDER = Path(__file__).resolve().parents[2] / "model"
SETTINGS = "model.json"
ENCODER = "encoder.onnx"
ROLES = "roles.onnx"
VOCABULARY = "vocab.txt"


@dataclass(frozen=True, slots=True)
class Settings:
    """What was chosen on dev, and how the files of the model must read.

    name: of the model, with its version. longest: pieces of a window. least_anchor: probability under which a word is
    not looked at twice. least_confidence: under which an attribution is left out. calibration: weights of the log-odds
    of each probability of a reading ("anchor", "cue", "source", "content") and "bias". sha256: of each file.
    """

    name: str
    longest: int
    least_anchor: float
    least_confidence: float
    calibration: Mapping[str, float]
    sha256: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows as the network takes them: row k is a window, padded with zeros. lengths: words of each."""

    columns: Mapping[str, Numbers]
    lengths: Numbers


class Network:
    """The network, ready to read; one thread at a time."""

    def __init__(self, folder: Path = FOLDER, precision: str = "auto") -> None:
        """precision: auto or float32. Raises ModelError where a file is missing or is not the one measured."""
        self.settings = settings(folder)
        self.vocabulary = Vocabulary(folder / VOCABULARY)
        self._encoder = Graph(folder / ENCODER, precision)
        self._roles = Graph(folder / ROLES, precision)

    def look(self, batch: Batch) -> tuple[Floats, Floats]:
        """The state of each word, (windows, words, size), and log-probabilities of its labels, (windows, words, 7)."""
        states, labels = self._encoder.run(batch.columns)
        return states, labels

    def roles(self, states: Floats, lengths: Numbers, row: Numbers, at: Numbers) -> Floats:
        """Log-probabilities of the label of each word under each anchor: word `at` of window `row`."""
        (labels,) = self._roles.run({"states": states[row], "lengths": lengths[row], "at": at})
        return labels


def settings(folder: Path = FOLDER) -> Settings:
    """The settings of the model in a folder. Raises ModelError where files are missing or have changed."""
    try:
        text = (folder / SETTINGS).read_text(encoding="utf-8")
    except OSError as error:
        raise ModelError(
            f"{folder / SETTINGS}: {error.strerror}; the attribution model belongs to the installation: install again"
        ) from error
    given: dict[str, Any] = json.loads(text)
    found = Settings(
        given["name"],
        given["longest"],
        given["least_anchor"],
        given["least_confidence"],
        given["calibration"],
        given["sha256"],
    )
    for name, expected in found.sha256.items():
        path = folder / name
        actual = sha256(path.read_bytes()).hexdigest() if path.is_file() else "missing"
        if actual != expected:
            raise ModelError(
                f"{path}: sha256 is {actual}, {expected} was measured; "
                "restore the file (git checkout), or train anew (python -m etl.train.attribution)"
            )
    return found


def batch_of(
    windows: Sequence[tuple[Words, Sequence[int]]], vocabulary: Vocabulary, *, rows: int = 0, long: int = 0
) -> Batch:
    """Windows, each the words of a doc that it holds, as arrays.

    rows, long: sizes to pad them to, windows, and pieces as well as words.
    """
    pieces: list[list[int]] = []
    firsts: list[list[int]] = []
    for words, held in windows:
        ids, first = [vocabulary.first], []
        for number in held:
            first.append(len(ids))
            ids += words.pieces[number]
        pieces.append([*ids, vocabulary.last])
        firsts.append(first)
    padded = long > 0
    rows, long = max(rows, len(windows)), max(long, *map(len, pieces))
    lengths = np.zeros(rows, np.int64)
    lengths[: len(windows)] = [len(first) for first in firsts]
    wide = long if padded else int(lengths.max())
    columns = {name: np.zeros((rows, wide), np.int64) for name in ("first", "shape", "quote", "start")}
    columns["pieces"] = np.zeros((rows, long), np.int64)
    held_pieces = np.ones(rows, np.int64)
    held_pieces[: len(windows)] = [len(ids) for ids in pieces]
    for row, (words, held) in enumerate(windows):
        columns["pieces"][row, : len(pieces[row])] = pieces[row]
        columns["first"][row, : lengths[row]] = firsts[row]
        index = np.asarray(held, np.int64)
        for name, column in (("shape", words.shape), ("quote", words.quote), ("start", words.start)):
            columns[name][row, : lengths[row]] = column[index]
    return Batch({**columns, "held": held_pieces}, lengths)
