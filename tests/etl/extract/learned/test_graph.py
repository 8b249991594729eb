"""What the network computes is the same, near enough, with numbers of 8 bits and without, on the processor at hand."""

import re

import numpy as np
import openvino
import pytest
import spacy

from etl.extract.learned.graph import Graph, leave_unrounded
from etl.extract.learned.network import ENCODER, FOLDER, ROLES, Network, batch_of
from etl.extract.learned.words import words_of

pytestmark = pytest.mark.model

TEXT = "“We lost the vote,” said Ana Ortiz, who had told the council that the hall was full. Rain fell all week. " * 4


def test_rounding_to_8_bits_changes_little():
    """Exact products of 8-bit numbers move a label's probability by 0.15 at most here, and by 0.005 on average."""
    doc = spacy.blank("en")(TEXT)
    labels = []
    for precision in ("auto", "float32"):
        network = Network(precision=precision)
        words = words_of(doc, network.vocabulary)
        batch = batch_of([(words, range(len(words.token)))], network.vocabulary)
        labels.append(np.exp(network.look(batch)[1]))

    moved = np.abs(labels[0] - labels[1])
    assert float(moved.max()) < 0.25
    assert float(moved.mean()) < 0.01


@pytest.mark.parametrize("name", [ENCODER, ROLES])
def test_float32_rounds_nothing(name):
    model = openvino.Core().read_model(str(FOLDER / name))
    before = sum(node.get_type_name() == "FakeQuantize" for node in model.get_ops())

    leave_unrounded(model)

    assert before > 0
    assert not any(node.get_type_name() == "FakeQuantize" for node in model.get_ops())


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("Exception from src/core/src/runtime/allocator.cpp:79:\nstd::bad_alloc", MemoryError),
        ("[CPU] MVN node with name 'MVN_33' can't alloc", MemoryError),
        ("Check 'ptr' failed:\nFailed to allocate 2359296 bytes of memory", MemoryError),
        ("Failed to create plugin for device CPU\nResource temporarily unavailable", MemoryError),
        ("Shape inference of Reshape node failed", RuntimeError),
    ],
)
def test_what_openvino_says_of_memory_is_a_memory_error(monkeypatch, said, error):
    """All four were said under a limit; RuntimeError is what it raises of everything."""

    class Request:
        def infer(self, given):
            raise RuntimeError(said)

    graph = Graph(FOLDER / ROLES, "float32")
    monkeypatch.setattr(graph, "_request", Request())

    with pytest.raises(error, match=re.escape(said)):
        graph.run({})
