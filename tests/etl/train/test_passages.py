"""The passages written for training: how a line is read, what a wrong one is told, that the shipped files are sound."""

from pathlib import Path

import pytest

from etl.train.errors import PassageError, TrainError
from etl.train.passages import FOLDER, Marked, Passage, passages

LEAST_PASSAGES = 350
LEAST_ATTRIBUTIONS = 700
LEAST_LONG = 40


def read(folder: Path, *lines: str) -> list[Passage]:
    path = folder / "some.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return passages(path)


def words(passage: Passage) -> list[tuple[list[str], list[str], list[str]]]:
    """Source, cue and content of each attribution, as the words they cover."""

    def covered(spans: tuple[tuple[int, int], ...]) -> list[str]:
        return [passage.text[start:end] for start, end in spans]

    return [(covered(one.source), covered(one.cue), covered(one.content)) for one in passage.attributions]


def test_spans_are_code_points_of_the_text_without_marks(tmp_path):
    found = read(tmp_path, "😂 [s1 Ortiz] [c1 said] [k1 the vote was lost].")

    assert found == [
        Passage("😂 Ortiz said the vote was lost.", (Marked(source=((2, 7),), cue=((8, 12),), content=((13, 30),)),))
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            '[k1 "We lost,"] [s1 she] [c1 said]. [k1 "We tried."]',
            [(["she"], ["said"], ['"We lost,"', '"We tried."'])],
        ),
        (
            "[s1 Ortiz] [c1 said] [k1 that [s2 officials] [c2 had told] her [k2 it was shut]].",
            [
                (["Ortiz"], ["said"], ["that officials had told her it was shut"]),
                (["officials"], ["had told"], ["it was shut"]),
            ],
        ),
        (
            "[s1 [s2 Roe]] [c1 denied] [k1 it], [c2 adding] [k2 that he was away].",
            [(["Roe"], ["denied"], ["it"]), (["Roe"], ["adding"], ["that he was away"])],
        ),
        (
            "[s1 The paper] [c1 said], [c2 citing] [s2 an aide], [k1 [k2 that he left]].",
            [(["The paper"], ["said"], ["that he left"]), (["an aide"], ["citing"], ["that he left"])],
        ),
        ("[k1 “Rain, rain”] [c1 —] [s1 Roe]", [(["Roe"], ["—"], ["“Rain, rain”"])]),
        ("[c1 Asked] [k1 if he ran], he left.", [([], ["Asked"], ["if he ran"])]),
        ("Nobody said a word.", []),
    ],
)
def test_an_attribution_has_the_words_in_the_marks_of_its_number(tmp_path, line, expected):
    (passage,) = read(tmp_path, line)

    assert words(passage) == expected


def test_a_pilcrow_is_a_paragraph_break(tmp_path):
    (passage,) = read(tmp_path, "[s1 She] [c1 said:] [k1 “One.]¶[k1 “Two.”]")

    assert passage.text == "She said: “One.\n\n“Two.”"
    assert words(passage) == [(["She"], ["said:"], ["“One.", "“Two.”"])]


def test_characters_of_the_format_stand_for_themselves_behind_a_backslash(tmp_path):
    (passage,) = read(tmp_path, r"[k1 “They \[the banks\] won”], [s1 he] [c1 said] (\¶ 4, C:\\news).")

    assert passage.text == "“They [the banks] won”, he said (¶ 4, C:\\news)."
    assert words(passage) == [(["he"], ["said"], ["“They [the banks] won”"])]


def test_comments_and_blank_lines_are_no_passages(tmp_path):
    found = read(tmp_path, "# Title", "", "One.", "   ", "# [k1 a comment is not read", "Two.")

    assert [passage.text for passage in found] == ["One.", "Two."]


@pytest.mark.parametrize(
    ("line", "value", "way_out"),
    [
        ("[s1 Roe] [c1 said] [k1 it rained.", "[k1 it rained.", "add ]"),
        ("It rained], [s1 he] [c1 said].", "It rained]", "write \\]"),
        ("[s1 He] [c1 said] [k1 it [the rain] fell].", "[the rain] fell].", "write \\["),
        ("[s0 He] [c1 said] [k1 it].", "[s0 He] [c1 said] [k1 it].", "[s1 ...]"),
        (r"[s1 He] [c1 said] [k1 it\n].", r"\n].", "\\\\"),
        ("[s1 He] [c1 said].", "k1", "mark what was said"),
        ("[s1 He]: [k1 it rains].", "c1", "leave one without any unmarked"),
        ("[s1 He] [c1 said], [c1 said], [k1 it rains].", "c1", "one cue"),
        ("[s2 He] [c2 said] [k2 it rains].", "2", "without gaps"),
        ("[s1 He ] [c1 said] [k1 it rains].", "[s1 He ]", "mark words only"),
        ("[s1 ] [c1 said] [k1 it rains].", "[s1 ]", "mark words only"),
        ("[s1 He] [c1 said] [k1 “One.¶“Two.”]", "[k1 “One.¶“Two.”]", "open it again"),
        ("[k1 “It rains,” [s1 he] [c1 said].]", "“It rains,” he said.", "close the first before the second"),
    ],
)
def test_a_line_marked_wrongly_is_told_with_file_line_value_and_way_out(tmp_path, line, value, way_out):
    with pytest.raises(PassageError) as caught:
        read(tmp_path, "# Title", "One.", line)

    assert str(caught.value).startswith("some.txt:3: ")
    assert (caught.value.path.name, caught.value.line, caught.value.value) == ("some.txt", 3, value)
    assert way_out in str(caught.value)
    assert isinstance(caught.value, TrainError)


def test_the_shipped_passages_are_enough_to_train_on():
    shipped = [passage for path in FOLDER.glob("*.txt") for passage in passages(path)]

    assert len(shipped) >= LEAST_PASSAGES
    assert sum(len(passage.attributions) for passage in shipped) >= LEAST_ATTRIBUTIONS
    assert sum("\n\n" in passage.text for passage in shipped) >= LEAST_LONG
    assert len({passage.text for passage in shipped}) == len(shipped)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_a_shipped_file_says_that_it_is_invented_and_under_which_licence(path):
    header = " ".join(line for line in path.read_text(encoding="utf-8").split("\n") if line.startswith("#"))

    assert "invented for Quoth" in header
    assert "Apache-2.0" in header


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_no_mark_of_a_shipped_file_cuts_a_word(path):
    cut = [
        passage.text[max(edge - 5, 0) : edge + 5]
        for passage in passages(path)
        for one in passage.attributions
        for span in one.source + one.cue + one.content
        for edge in span
        if passage.text[edge - 1 : edge].isalnum() and passage.text[edge : edge + 1].isalnum()
    ]

    assert cut == []
