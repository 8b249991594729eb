"""One line a measure, in hundredths; faults one by one."""

from etl.evaluate.figures import Measure
from etl.evaluate.scores import Faults, Scores
from etl.evaluate.table import table

HALF = ((1, 2, 1, 4), (1, 2, 1, 0))


def lines(*measures, faults=(), samples=0):
    return list(table(Scores(measures, faults), samples))


def test_a_measure_has_precision_recall_f1_gold_and_found():
    assert lines(Measure("chain", HALF))[1].split() == ["chain", "50.0", "50.0", "50.0", "4", "4"]


def test_an_accuracy_stands_under_f1():
    head, line = lines(Measure("kind", ((3, 4, 3, 4),), is_accuracy=True))

    assert line.split() == ["kind", "75.0", "4", "4"]
    assert line.index("75.0") + 4 == head.index("F1") + 2


def test_a_measure_of_nothing_has_no_figures():
    assert lines(Measure("copies", ((0, 0, 0, 0),)), samples=10)[1].split() == ["copies", "-", "-", "-", "0", "0"]


def test_samples_add_an_interval_for_each_figure_under_its_head():
    head, line = lines(Measure("chain", ((1, 2, 1, 4),)), samples=10)

    assert [line[head.index(f"95% of {name}") :].split("]")[0] for name in ("P", "R", "F1")] == [
        "[50.0, 50.0",
        "[25.0, 25.0",
        "[33.3, 33.3",
    ]


def test_an_accuracy_has_one_interval():
    head, line = lines(Measure("kind", ((3, 4, 3, 4),), is_accuracy=True), samples=10)

    assert line.count("[") == 1
    assert line[head.index("95% of F1") :] == "[75.0, 75.0]"


def test_faults_are_counted_and_told():
    found = lines(Measure("kind", HALF), faults=(Faults("wrong merges", ("a | b",)), Faults("look-alikes", (), 3)))

    assert found[2:] == ["", "wrong merges: 1", "  a | b", "", "look-alikes: 0 of 3"]
