"""Keys are stored: the same in every process and release, and shared by sentences that are nearly alike."""

import random
import subprocess
import sys

from etl.copies.bands import BANDS, SENTENCES, bands, signatures
from etl.copies.wording import Wording, wording
from etl.records import CleanArticle, RawArticle

TEXT = """The harbour office in Skell has closed the northern pier until Monday after a storm broke two of its posts.
“We lost two posts and a bench,” said the harbour master.
Ferries to Holm will leave from the fish market, and tickets remain valid, the office said."""


RECORDED_ROWS = [[1195250246, 705827360, 808154696, 1108293412], [1734701768, 972094383, 225338030, 3513960637]]
RECORDED_KEYS = [
    -8711329830903010503,
    -8647200149816725277,
    -8010405431662533986,
    -7997187970870316995,
    -4501473547545748924,
    -3172737478031800079,
    -1159583547917585676,
    619667665421892187,
    6451293920424809402,
    7039098816683658678,
    7485343134294795332,
    8435743611726563673,
]


def worded(text: str) -> Wording:
    return wording(CleanArticle(RawArticle("test", text), "en"), None, None)


def test_signatures_are_those_recorded() -> None:
    """A library that computes others would find no stored article: keys must be made anew, and this test with them."""
    assert [row[:4] for row in signatures(worded(TEXT))] == RECORDED_ROWS
    assert bands(worded(TEXT)) == RECORDED_KEYS


def test_another_process_has_the_same_keys() -> None:
    """Neither the hash seed nor the order of import matters."""
    code = f"from tests.etl.copies.test_bands import *; print(bands(worded({TEXT!r})))"
    for seed in ("1", "2"):
        printed = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        )
        assert printed.stdout.strip() == str(RECORDED_KEYS)


def test_spelling_marks_and_paragraphs_change_no_key() -> None:
    """American spelling, straight quotes and joined paragraphs are the same text."""
    edited = TEXT.replace("harbour", "harbor").replace("“", '"').replace("”", '"').replace("\n", " ")
    assert bands(worded(edited)) == bands(worded(TEXT))


def test_quotations_and_short_sentences_have_no_keys() -> None:
    """Every report of a speech has its words."""
    assert (
        bands(worded("“We lost two posts, a bench and the good will of the fishermen,” said the master. He left."))
        == []
    )
    assert bands(worded("")) == []


def test_keys_are_few() -> None:
    """So that the index stays small, however long the article."""
    vocabulary = [f"word{n}" for n in range(500)]
    drawn = random.Random(5)
    text = ". ".join("A" + " ".join(drawn.choices(vocabulary, k=20)) for _ in range(100))
    assert 0 < len(bands(worded(text))) <= SENTENCES * BANDS


def test_sentences_of_likeness_seven_tenths_mostly_share_a_key() -> None:
    """Four in five alone; two such sentences nearly always do."""
    drawn = random.Random(6)
    shared = both = 0
    for _ in range(200):
        texts = []
        for _ in range(2):
            words = [f"w{drawn.randrange(10**6)}" for _ in range(24)]
            changed = list(words)
            changed[drawn.choice((0, 23))] = "other"
            changed[12] = "another"  # 18 of 26 triples are shared: Jaccard 0.69
            texts.append((words, changed))
        first = [bands(worded(f"{' '.join(side)}.")) for side in texts[0]]
        two = [bands(worded("\n".join(" ".join(pair[side]) for pair in texts))) for side in (0, 1)]
        shared += bool(set(first[0]) & set(first[1]))
        both += bool(set(two[0]) & set(two[1]))
    assert shared >= 140
    assert both >= 180
