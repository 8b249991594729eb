"""How far two printed names may be one person's: names of the news, pairs of a sanctions list, the command."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.identify.errors import PairError
from etl.identify.name_evidence import name_evidence
from etl.identify.name_pairs import NamePair, pair_of, read_pairs
from etl.identify.name_scores import best_score
from schema.cli import main

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "name-pairs" / "pairs.dev.jsonl"
NEWS = Path(__file__).with_name("news_names.tsv")
GOOD = '{"name1": "Sergei Lavrov", "name2": "Sergey Lavrov", "note": 3}'

ONE_PERSON = [
    ("Sergei Lavrov", "Sergey Lavrov"),
    ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
    ("Mélanie Joly", "Melanie Joly"),
    ("Oleksii Reznikov", "Oleksiy Reznikov"),
    ("Putin, Vladimir", "Vladimir Putin"),
    ("Владимир Путин", "Vladimir Putin"),
    ("Usama bin Laden", "Osama bin Laden"),
    ("Mohammed Morsi", "Muhammad Mursi"),
    ("Muammar Gaddafi", "Moammar Qaddafi"),
    ("Muammar Gaddafi", "Mouammar Kadhafi"),
    ("Bashar al-Assad", "Bashar Assad"),
    ("President Barack Obama", "Barack Obama"),
    ("Kim Jong-un", "Kim Jong Un"),
    ("Donald Trump Jr.", "Trump Jr., Donald"),
    ("Van Gogh", "van Gogh"),
    ("JaneOkafor", "Jane Okafor"),
]

TWO_PEOPLE = [
    ("Kim Jong Un", "Kim Jong Il"),
    ("Donald Trump", "Donald Trump Jr."),
    ("George W. Bush", "George H.W. Bush"),
    ("Fidel Castro", "Raúl Castro"),
    ("Daniel Tusk", "Donald Tusk"),
    ("Tim Smith", "Tom Smith"),
    ("Van Jones", "Quincy Jones"),
    ("Charles II", "Charles III"),
    ("Ben Affleck", "Casey Affleck"),
    ("Hassan bin Ali", "Ali bin Hassan"),
    ("Ivan Petrovich Orlov", "Ivan Pavlovich Orlov"),
    ("James Scott", "Scott James"),
    ("李鹏", "李平"),
    ("J.O.", "Jane Okafor"),
    ("Paul Orlov", "Paul O. Varga"),
    ("Ida Varga", "Ida V. Holm"),
]

BETWEEN = [
    ("J. Okafor", "Jane Okafor", 0.4, 0.8),
    ("Bill Clinton", "William Clinton", 0.8, 0.95),
    ("Vladimir Zelensky", "Volodymyr Zelensky", 0.8, 0.95),
    ("Obama", "Barack Obama", 0.4, 0.8),
    ("John McCain", "John McCain III", 0.7, 0.95),
    ("Donald Trump", "Donald J. Trump", 0.9, 0.98),
]


@pytest.mark.parametrize(("a", "b"), ONE_PERSON)
def test_spellings_of_one_name_score_high(a, b):
    assert name_evidence(a, b).score >= 0.9


@pytest.mark.parametrize(("a", "b"), TWO_PEOPLE)
def test_names_of_two_people_score_low(a, b):
    assert name_evidence(a, b).score <= 0.35


@pytest.mark.parametrize(("a", "b", "low", "high"), BETWEEN)
def test_what_a_name_cannot_tell_scores_between(a, b, low, high):
    assert low <= name_evidence(a, b).score <= high


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("Mélanie Joly", "Melanie Joly", "same name"),
        ("Sergei Lavrov", "Sergei Shoigu", "family name differs: 'Lavrov' / 'Shoigu'"),
        ("Fidel Castro", "Raul Castro", "given name differs: 'Fidel' / 'Raul'"),
        ("Xi Jinping", "Xi Zhongxun", "given name differs: 'Jinping' / 'Zhongxun'"),
        ("Bill Clinton", "William Clinton", "another form of a given name: 'Bill' / 'William'"),
        ("Jane Okafor", "J. Okafor", "an initial for a name: 'J' / 'Jane'"),
        ("Nicolás Maduro", "Nicolás Maduro Moros", "more names on one side"),
        ("Donald Trump", "Donald Trump Jr.", "generation differs"),
        ("", "Jane Okafor", "no name"),
    ],
)
def test_the_reason_is_the_strongest_evidence(a, b, reason):
    assert name_evidence(a, b).reason == reason


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_have_one_score_whichever_comes_first(a, b):
    found = name_evidence(a, b)

    assert 0 <= found.score <= 1
    assert found.reason
    assert found == name_evidence(b, a)


PRINTED = ("Kim", "Jong", "Un", "al", "bin", "J.", "H.W.", "Jr.", "III", "Ben", "Mohammed", "Lavrov,", "习近平", "محمد")
WORDS = st.sampled_from(PRINTED)


@given(st.lists(WORDS, max_size=15).map(" ".join), st.lists(WORDS, max_size=15).map(" ".join))
def test_any_two_names_have_one_score_whichever_comes_first(a, b):
    found = name_evidence(a, b)

    assert 0 <= found.score <= 1
    assert found == name_evidence(b, a)


def test_a_name_without_end_takes_no_time():
    assert name_evidence("Mohammed " * 50_000, "x" * 500_000).score < 0.5


def test_names_of_the_news_are_told_apart_at_one_half():
    rows = [line.split("\t") for line in NEWS.read_text("utf-8").splitlines() if not line.startswith("#")]

    wrong = [(a, b) for same, a, b in rows if (name_evidence(a, b).score >= 0.5) is not (same == "1")]

    assert len(wrong) <= 6, wrong


@pytest.mark.skipif(not SHARED.exists(), reason="the pairs stand beside the checkout, in ../shared")
def test_the_best_f1_on_the_pairs_of_a_sanctions_list_does_not_fall():
    found = best_score(read_pairs(SHARED, pytest.fail, labelled=True))

    assert found.pairs == 265
    assert found.figures.f1 >= 0.93


def test_the_best_threshold_is_the_one_that_parts_same_from_other():
    same, other = NamePair("Ana Ortiz", "Ana Ortíz", True), NamePair("Ana Ortiz", "Una Fell", False)

    found = best_score([same, other])

    assert (found.figures.f1, found.threshold) == (1.0, name_evidence("Ana Ortiz", "Ana Ortíz").score)


def test_no_pairs_have_no_figures():
    assert (best_score([]).figures.f1, best_score([]).pairs) == (0.0, 0)


def write(tmp_path, *lines):
    path = tmp_path / "pairs.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def test_one_line_a_pair_in_their_order(tmp_path, capsys):
    code = main(["names", write(tmp_path, GOOD, "", '{"name1": "Ana Ortiz", "name2": "Una Fell"}')])

    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert code == 0
    assert (first["name1"], first["name2"]) == ("Sergei Lavrov", "Sergey Lavrov")
    assert first["score"] == round(name_evidence("Sergei Lavrov", "Sergey Lavrov").score, 4)
    assert first["reason"] == "spelled differently: 'Sergei' / 'Sergey'"
    assert second["score"] < 0.1


def test_a_bad_line_does_not_cost_the_others(tmp_path, capsys):
    code = main(["names", write(tmp_path, "{", GOOD, "[1]")])

    told = capsys.readouterr()
    assert code == 1
    assert len(told.out.splitlines()) == 1
    assert "pairs.jsonl:1: not JSON" in told.err
    assert "pairs.jsonl:3: a list, not an object; give one object a line" in told.err


def test_evaluating_prints_figures_and_threshold(tmp_path, capsys):
    labelled = GOOD[:-1] + ', "same": true}'

    code = main(["names", "--evaluate", write(tmp_path, labelled, GOOD)])

    told = capsys.readouterr()
    assert code == 1
    assert told.out.splitlines()[0].split() == ["P", "R", "F1", "threshold", "pairs"]
    assert told.out.splitlines()[1].split()[::4] == ["100.0", "1"]
    assert "pairs.jsonl:2: no 'same'" in told.err


def test_a_file_that_is_not_there_is_one_message(tmp_path, capsys):
    assert main(["names", str(tmp_path / "nowhere.jsonl")]) == 2

    assert "nowhere.jsonl: No such file" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b'{"name1": "a"}', "f:3: no 'name2'"),
        (b'{"name1": 7, "name2": "a"}', "f:3: 'name1' is 7, not a string"),
        (b'{"name1": "a", "name2": "b", "same": 1}', "f:3: 'same' is 1; give true or false"),
        (b'{"name1": "\xff"}', "f:3: byte 12 of the line is not UTF-8"),
        (b"[" * 100_000, "f:3: "),
    ],
)
def test_a_bad_line_is_named_with_its_place(line, message):
    with pytest.raises(PairError) as caught:
        pair_of(line, "f:3", labelled=True)

    assert str(caught.value).startswith(message)
