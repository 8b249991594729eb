"""Each error has one kind, the first that fits: a case for every kind; each wrong attribution is in one error."""

import random

import pytest

from etl.evaluate.attributions import counts
from etl.evaluate.corpus import Marked, MarkedArticle
from etl.evaluate.mistake_kinds import KINDS
from etl.evaluate.mistakes import mistakes, table, wrong_borders
from etl.evaluate.wrong import Fault, judged, wrong
from etl.records import Span


def said(text, source, cue, *content):
    """An attribution by its words; a piece "2:word" is the second time they are there."""

    def span(piece):
        nth, _, words = piece.rpartition(":") if piece[:2] in ("2:", "3:") else ("1", "", piece)
        start = -1
        for _ in range(int(nth)):
            start = text.index(words, start + 1)
        return Span(start, start + len(words))

    return Marked(
        tuple(map(span, content)), (span(source),) if source else (), (span(cue),) if cue else (), confidence=0.5
    )


def found_wrong(text, gold, found):
    article = MarkedArticle("a", text, tuple(said(text, *one) for one in gold))
    return mistakes([article], {"a": [said(text, *one) for one in found]})


def kinds(text, gold, found):
    return [f"{one.kind.fault.value}: {one.kind.name}" for one in found_wrong(text, gold, found)]


DAM = "Ada Roe said that the dam would hold."
DAM_CONTENT = "that the dam would hold"
FERRY = "Ada Roe and Bo Lind met. The ferry was late, she said. He added that it sank."

SOURCES = [
    ("source added", "It was said in Lomar that the dam would hold.", (None, "said"), ("Lomar", "said"), DAM_CONTENT),
    ("source missing", DAM, ("Ada Roe", "said"), (None, "said"), DAM_CONTENT),
    ("swapped in the gold", "The dam would hold, said Roe.", ("said", "Roe"), ("Roe", "said"), "The dam would hold"),
    (
        "who, that",
        "Ada Roe, who said that the dam would hold, left.",
        ("who", "said"),
        ("Ada Roe", "said"),
        DAM_CONTENT,
    ),
    ("subject inside the content", DAM, ("Ada Roe", "said"), ("the dam", "said"), DAM_CONTENT),
    (
        "receiver",
        "Ada Roe told reporters that the dam would hold.",
        ("Ada Roe", "told"),
        ("reporters", "told"),
        DAM_CONTENT,
    ),
    (
        "part of it",
        "The engineer Ada Roe of the new Lomar works said that the dam would hold.",
        ("The engineer Ada Roe", "said"),
        ("Roe of the new Lomar", "said"),
        DAM_CONTENT,
    ),
    (
        "another mention",
        "Ada Roe left. Ms Roe, an engineer, said that the dam would hold.",
        ("Ms Roe, an engineer", "said"),
        ("Ada Roe", "said"),
        DAM_CONTENT,
    ),
    (
        "pronoun for a name",
        "Bo Lind met her. She said that the dam would hold.",
        ("She", "said"),
        ("Bo Lind", "said"),
        DAM_CONTENT,
    ),
    (
        "another paragraph",
        "Bo Lind was late.\n\nAda Roe said that the dam would hold.",
        ("Ada Roe", "said"),
        ("Bo Lind", "said"),
        DAM_CONTENT,
    ),
    (
        "another cue",
        "Bo Lind reported what Ada Roe said: that the dam would hold.",
        ("Ada Roe", "said"),
        ("Bo Lind", "reported"),
        DAM_CONTENT,
    ),
    (
        "nearer one",
        "Ada Roe, seen with Bo Lind, said that the dam would hold.",
        ("Ada Roe", "said"),
        ("Bo Lind", "said"),
        DAM_CONTENT,
    ),
    (
        "other",
        "Ada Roe saw Bo Lind, who turned, and Cy Dunn said that the dam would hold.",
        ("Cy Dunn", "said"),
        ("Ada Roe", "said"),
        DAM_CONTENT,
    ),
]


@pytest.mark.parametrize(("kind", "text", "gold", "found", "content"), SOURCES, ids=[case[0] for case in SOURCES])
def test_a_content_that_was_found_has_a_wrong_source(kind, text, gold, found, content):
    assert kinds(text, [(*gold, content)], [(*found, content)]) == [f"wrong source: {kind}"]


def test_the_source_of_another_content_is_the_neighbours():
    text = "Bo Lind wrote that it rained. Ada Roe said that the dam would hold."
    other = ("Bo Lind", "wrote", "that it rained")

    found = kinds(text, [other, ("Ada Roe", "said", DAM_CONTENT)], [other, ("Bo Lind", "said", DAM_CONTENT)])

    assert found == ["wrong source: neighbour's"]


LONG = "Ada Roe said that the dam, which is old, would hold until the spring floods came to the valley of Lomar again."
WHOLE = LONG.removeprefix("Ada Roe said ").removesuffix(".")
ROE = ("Ada Roe", "said")

CONTENTS = [
    ("cue with other words", DAM, [(*ROE, DAM_CONTENT)], [(None, "said", "Ada Roe")]),
    (
        "inner one",
        "Ada Roe said that the council of Lomar had believed for many years that the dam would hold.",
        [(*ROE, "that the council of Lomar had believed for many years that the dam would hold")],
        [("council", "believed", DAM_CONTENT)],
    ),
    (
        "outer one",
        "Ada Roe said that the council of Lomar had believed for many years that the dam would hold.",
        [("council", "believed", DAM_CONTENT)],
        [(*ROE, "that the council of Lomar had believed for many years that the dam would hold")],
    ),
    (
        "merged",
        "It rained, Ada Roe said. The dam was old. It would hold for now, she said.",
        [(*ROE, "It rained"), ("she", "2:said", "It would hold for now")],
        [(*ROE, "It rained, Ada Roe said. The dam was old. It would hold for now")],
    ),
    (
        "split",
        LONG,
        [(*ROE, WHOLE)],
        [(*ROE, "that the dam, which is old"), (None, None, "until the spring floods came")],
    ),
    (
        "piece lost",
        "“The dam,” Ada Roe said, “would hold until the spring.”",
        [(*ROE, "“The dam,”", "“would hold until the spring.”")],
        [(*ROE, "“The dam,”")],
    ),
    ("overruns right", LONG, [(*ROE, "that the dam")], [(*ROE, WHOLE)]),
    ("stops short right", LONG, [(*ROE, WHOLE)], [(*ROE, "that the dam")]),
    ("starts early", LONG, [(None, None, "valley of Lomar again")], [(None, None, WHOLE)]),
    ("starts late", LONG, [(*ROE, WHOLE)], [(*ROE, "valley of Lomar again")]),
    ("overruns both sides", LONG, [(None, None, "which is old")], [(None, None, WHOLE)]),
    ("stops short on both sides", LONG, [(None, None, WHOLE)], [(None, None, "which is old")]),
    ("shifted", LONG, [(*ROE, "that the dam, which is old")], [(*ROE, "which is old, would hold until the spring")]),
]


@pytest.mark.parametrize(("kind", "text", "gold", "found"), CONTENTS, ids=[case[0] for case in CONTENTS])
def test_a_content_has_wrong_borders(kind, text, gold, found):
    assert kinds(text, gold, found)[0] == f"wrong content: {kind}"


MISSED = [
    ("swapped in the gold", "“The old dam will hold,” said Ada Roe.", ("said", "Ada Roe", "The old dam will hold")),
    ("headline", "Roe: the old dam will hold\n\nA storm came.", ("Roe", ":", "the old dam will hold")),
    ("without a cue", "The old dam would surely hold.", (None, None, "The old dam would surely hold")),
    ("colon or dash", "Roe: the old dam will hold.", ("Roe", ":", "the old dam will hold")),
    ("according to", "The dam would hold, according to Roe.", ("Roe", "according to", "The dam would hold")),
    ("citing", "It closed early, citing the storm of last week.", ("It", "citing", "the storm of last week")),
    ("question", "Roe asked whether the dam would hold.", ("Roe", "asked", "whether the dam would hold")),
    ("refusal", "Roe declined to name the next chairman.", ("Roe", "declined", "to name the next chairman")),
    ("refusal", "Roe did not say how many came.", ("Roe", "did not say", "how many came")),
    ("passive", "Lind was accused of letting the dam rot.", (None, "was accused of", "letting the dam rot")),
    ("noun cue", "Lind repeated the claim that the dam leaks.", ("Lind", "claim", "that the dam leaks")),
    ("noun cue", "Roe's fears that the dam leaks grew.", ("Roe", "fears", "that the dam leaks")),
    ("wants", "Lind hopes to sell the old dam.", ("Lind", "hopes", "to sell the old dam")),
    ("believes", "Lind thought that the old dam was safe.", ("Lind", "thought", "that the old dam was safe")),
    ("feels", "Lind feared that the dam would go.", ("Lind", "feared", "that the dam would go")),
    ("quoted, verb of saying", "“The old dam holds,” Roe said.", ("Roe", "said", "“The old dam holds,”")),
    ("indirect, verb of saying", "Roe told us the dam would hold.", ("Roe", "told", "the dam would hold")),
    ("quoted, rare cue", "“The old dam holds,” Roe grinned.", ("Roe", "grinned", "“The old dam holds,”")),
    ("judges", "Lind blasted the old dam.", ("Lind", "blasted", "the old dam")),
    ("at most three words", "Lind unveiled the old dam.", ("Lind", "unveiled", "the old dam")),
    ("without a source", "Rumblings that the dam would go grew.", (None, "Rumblings", "that the dam would go")),
    ("paper", "A law bans boats near the dam.", ("A law", "bans", "boats near the dam")),
    ("clause, rare cue", "Lind raged that the dam would go.", ("Lind", "raged", "that the dam would go")),
    ("infinitive, rare cue", "Lind swore to mend the dam.", ("Lind", "swore", "to mend the dam")),
    ("topic, rare cue", "Lind raged about dams that leak badly.", ("Lind", "raged about", "dams that leak badly")),
    ("object, rare cue", "Lind unveiled the dam in the valley.", ("Lind", "unveiled", "the dam in the valley")),
    ("other", "Lind unveiled old dams in this valley.", ("Lind", "unveiled", "old dams in this valley")),
]


@pytest.mark.parametrize(("kind", "text", "gold"), MISSED)
def test_an_attribution_is_missed(kind, text, gold):
    assert kinds(text, [gold], []) == [f"missed: {kind}"]


IN_VAIN = [
    ("headline", "Roe: the old dam will hold\n\nA storm came.", ("Roe", ":", "the old dam will hold")),
    ("scare quotes", "Lind praised “responsible use” of water.", ("Lind", "praised", "“responsible use”")),
    ("without a cue", "The old dam would surely hold.", (None, None, "The old dam would surely hold")),
    ("reporter's own", "It seems that the dam would hold.", ("It", "seems", "that the dam would hold")),
    ("without a source", "Fears grew that the dam would go.", (None, "Fears", "that the dam would go")),
    (
        "according to",
        "They paid according to rules of long standing.",
        ("They", "according to", "rules of long standing"),
    ),
    ("question", "Roe asked for more time and money.", ("Roe", "asked", "for more time and money")),
    ("refusal", "The dam never failed to hold water.", ("The dam", "never failed", "to hold water")),
    ("passive", "Lind was praised for his work on dams.", ("Lind", "was praised", "for his work on dams")),
    ("noun cue", "Lind got the suggestion of a smile.", ("Lind", "suggestion", "of a smile")),
    ("wants", "Lind tried to open the old door.", ("Lind", "tried", "to open the old door")),
    ("believes", "Lind knows the valley and its dams.", ("Lind", "knows", "the valley and its dams")),
    ("feels", "Lind enjoys long walks by the dam.", ("Lind", "enjoys", "long walks by the dam")),
    (
        "quoted, verb of saying",
        "Roe said she sings “The Dam Song” at home alone.",
        ("Roe", "said", "she sings “The Dam Song” at home alone"),
    ),
    ("indirect, verb of saying", "Roe said a prayer for the dam.", ("Roe", "said", "a prayer for the dam")),
    ("judges", "The storm hit the valley and the dam.", ("The storm", "hit", "the valley and the dam")),
    ("paper", "A law bans boats near the dam.", ("A law", "bans", "boats near the dam")),
    (
        "quoted, rare cue",
        "Lind sang “The Dam Song” for us in the rain.",
        ("Lind", "sang", "“The Dam Song” for us in the rain"),
    ),
    ("at most three words", "Lind boarded the old ferry.", ("Lind", "boarded", "the old ferry")),
    ("clause, rare cue", "Lind paused when the dam gave way.", ("Lind", "paused", "when the dam gave way")),
    ("infinitive, rare cue", "Lind looks to mend the dam.", ("Lind", "looks", "to mend the dam")),
    (
        "topic, rare cue",
        "Lind strolled along with three old friends.",
        ("Lind", "strolled along", "with three old friends"),
    ),
    ("object, rare cue", "Lind sketched the dam in the valley.", ("Lind", "sketched", "the dam in the valley")),
    ("other", "Lind went hiking in South Lomar.", ("Lind", "went", "hiking in South Lomar")),
]


@pytest.mark.parametrize(("kind", "text", "found"), IN_VAIN)
def test_an_attribution_is_found_in_vain(kind, text, found):
    assert kinds(text, [], [found]) == [f"in vain: {kind}"]


OUTER = "Ada Roe said that the council had long believed that the dam would hold."
OUTER_CONTENT = "that the council had long believed that the dam would hold"
TWO = "Ada Roe said that the dam would hold and the road would flood and, Lind added, the ferry would stop."

AMONG_OTHERS = [
    ("nested", OUTER, (*ROE, OUTER_CONTENT), ("council", "believed", DAM_CONTENT)),
    (
        "second content of a cue",
        DAM[:-1] + " on Monday, in the valley.",
        (*ROE, DAM_CONTENT),
        (None, "said", "in the valley"),
    ),
]


@pytest.mark.parametrize(("kind", "text", "right", "alone"), AMONG_OTHERS, ids=[case[0] for case in AMONG_OTHERS])
@pytest.mark.parametrize("fault", [Fault.MISSED, Fault.IN_VAIN])
def test_an_attribution_stands_alone_beside_a_right_one(kind, text, right, alone, fault):
    sides = ([right, alone], [right])

    assert kinds(text, *(sides if fault is Fault.MISSED else sides[::-1])) == [f"{fault.value}: {kind}"]


def test_a_content_in_a_longer_one_is_swallowed_or_split_off():
    right = (*ROE, "that the dam would hold and the road would flood and, Lind added, the ferry would stop")
    part = (None, None, "the road would flood")

    assert kinds(TWO, [right, part], [right]) == ["missed: swallowed"]
    assert kinds(TWO, [right], [right, part]) == ["in vain: split"]


def test_a_content_that_another_reaches_into_is_cut_into():
    right = (*ROE, "that the dam would hold and the road would flood")
    part = (None, None, "flood and, Lind added, the ferry would stop")

    assert kinds(TWO, [right, part], [right]) == ["missed: cut into"]
    assert kinds(TWO, [right], [right, part]) == ["in vain: cut into"]


def test_every_kind_has_a_case():
    tried = {
        *(f"wrong source: {case[0]}" for case in SOURCES),
        *(f"wrong content: {case[0]}" for case in CONTENTS),
        *(f"missed: {case[0]}" for case in MISSED),
        *(f"in vain: {case[0]}" for case in IN_VAIN),
        *(f"{fault}: {case[0]}" for case in AMONG_OTHERS for fault in ("missed", "in vain")),
        "wrong source: neighbour's",
        *("missed: swallowed", "in vain: split", "missed: cut into", "in vain: cut into"),
    }

    assert {f"{kind.fault.value}: {kind.name}" for kind in KINDS} == tried


def test_names_of_kinds_are_unique():
    assert len({(kind.fault, kind.name) for kind in KINDS}) == len(KINDS) >= 25


def test_what_is_right_is_no_mistake_and_told_apart_where_it_is_not_exact():
    text = "Ada Roe said on Monday that the dam would hold."
    article = MarkedArticle("a", text, (said(text, *ROE, DAM_CONTENT),))
    found = {"a": [said(text, *ROE, "on Monday that the dam would hold")]}

    assert mistakes([article], found) == []
    assert [one.kind.name for one in wrong_borders([article], found)] == ["starts early"]
    assert wrong_borders([article], {"a": article.attributions}) == []


def test_every_wrong_attribution_is_in_exactly_one_error_on_either_side():
    rng = random.Random(5)
    text = " ".join(
        rng.choice(["Roe", "said", "“dam”", "holds,", "that", "the", "Lind", "fears", "x.\n"]) for _ in range(60)
    )

    def some():
        return [Marked(spans(1), spans(0), spans(0)) for _ in range(rng.randrange(8))]

    def spans(least):
        starts = [rng.randrange(len(text)) for _ in range(rng.randint(least, 2))]
        return tuple(Span(start, min(len(text), start + rng.randrange(60))) for start in sorted(starts))

    for _ in range(200):
        article = MarkedArticle("a", text, tuple(some()))
        found = {"a": [*some(), *rng.sample(article.attributions, k=len(article.attributions) // 2)]}
        (one,) = judged([article], found)
        errors = list(wrong(one))

        right = set(one.right)
        for side, position, name in ((one.gold, 0, "gold"), (one.found, 1, "found")):
            bad = [item for at, item in enumerate(side) if at not in {pair[position] for pair in right}]
            told = [getattr(error, name) for error in errors if getattr(error, name)]
            assert sorted(map(id, told)) == sorted(map(id, bad))
        assert len(mistakes([article], found)) == len(errors)
        scored = counts([item.said for item in one.gold], [item.said for item in one.found])
        assert len(right) == scored["attributions"][0]


def test_the_table_has_the_commonest_kind_first_and_each_error_when_asked():
    gold = [(*ROE, DAM_CONTENT), ("Lind", "2:said", "that it leaks"), ("Lind", "blasted", "her")]
    found = found_wrong("Ada Roe said that the dam would hold. Lind said that it leaks and blasted her.", gold, [])

    lines = list(table("mistakes", found, details=True))

    assert lines[0] == "mistakes: 3 (missed 3), 2 kinds"
    assert lines[1].split()[:3] == ["2", "66.7", "%"]
    assert lines[2].strip() == "a: marked [Ada Roe | said] that the dam would hold"
    assert lines[4].split()[:5] == ["1", "33.3", "%", "missed:", "judges"]


def test_a_table_of_nothing_is_one_line():
    assert list(table("mistakes", [])) == ["mistakes: 0"]
