"""A training on its way: it learns, and goes on where it was killed. Needs torch."""

import pytest
import spacy

torch = pytest.importorskip("torch", reason="torch is installed for training only")

from etl.extract.learned.network import FOLDER, VOCABULARY
from etl.extract.learned.words import Vocabulary
from etl.train.examples import examples
from etl.train.net import AttributionNet, Design, seed
from etl.train.progress import Plan, Progress

TEXT = "Ortiz said the vote was lost. Rain fell."
PLAN = Plan(epochs=3, pieces=128, longest=60)


def progress(path):
    vocabulary = Vocabulary(FOLDER / VOCABULARY)
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    marked = [{"source": [(0, 5)], "cue": [(6, 10)], "content": [(11, 28)]}]
    given = list(examples(nlp(TEXT), marked, vocabulary)) * 6
    seed(1)
    return Progress(AttributionNet(len(vocabulary.pieces), Design(layers=1, size=32)), PLAN, given, vocabulary, path)


def test_loss_falls(tmp_path):
    state = progress(tmp_path / "a.pt")

    losses = []
    while state.epoch < PLAN.epochs:
        losses += [state.learn(batch) for batch in state.rest_of_epoch()]
        state.end_epoch()

    assert losses[-1] < losses[0]


def test_killed_training_goes_on_to_the_same_weights(tmp_path):
    whole, killed = progress(tmp_path / "whole.pt"), progress(tmp_path / "killed.pt")
    for state in (whole, killed):
        for batch in state.rest_of_epoch():
            state.learn(batch)
        state.end_epoch()
    again = progress(tmp_path / "killed.pt")
    again.resume()

    for state in (whole, again):
        for batch in state.rest_of_epoch():
            state.learn(batch)

    assert again.step == whole.step
    assert torch.equal(again.net.role.weight, whole.net.role.weight)
    assert torch.equal(again.average.shadow["role.weight"], whole.average.shadow["role.weight"])
