"""How far cues, constructions and facts can be trusted: counted and fitted on marked news, written to etl/data.

    python -m etl.train.evidence TRAIN.jsonl

TRAIN.jsonl has {"id", "text", "attributions": [{"source", "cue", "content"}]} a line, spans as [start, end]. Nothing
in it is left to chance: the same file, model and code give the same lists. It takes a few minutes for 840 articles.
"""

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from tqdm import tqdm

from etl.annotate import annotate, load_model
from etl.extract.cues import ANY, CUE_LIST, EVIDENCE_LIST
from etl.extract.evidence import evidence
from etl.extract.page import page_of
from etl.extract.rules import proposals
from etl.records import CleanArticle, RawArticle
from etl.settings import ModelSettings
from etl.train.logistic import Floats, Rows, fit, shares

DATA = Path(__file__).resolve().parents[1] / "data"
WORD = re.compile(r"\w+(?:['’]\w+)*")
LEMMA = re.compile(r"\*|[a-z][a-z-]*|:|—")

# What a fact must be seen in to get a weight, and the weight under which it is not worth a line.
LEAST_SEEN = 4
LEAST_WEIGHT = 0.05
# Of half the squared weights; 1 / 0.6, chosen on a quarter of the training articles held out.
PENALTY = 1 / 0.6
# Every fourth article is held out for the printed figures; the lists are then fitted on all.
HELD_OUT = 4

HEADER = """\
# {title}
# Columns, tab-separated: {columns}, seen, right, weight.
# A proposal's score is 1 / (1 + exp(-sum of weights)); "*" stands for any.
# Origin: counted and fitted (logistic regression, L2) by etl/train/evidence.py on PolNeAR 1.0 train (Newell, Margolin,
# Ruths 2018), {articles} articles: figures only, none of its text. Right: the content overlaps a marked one by at least
# half and the sources agree.
# Licence: Apache-2.0, as the rest of Quoth.
"""

Fact = tuple[str, ...]
"""(construction, lemma) or (fact,)."""


@dataclass(frozen=True, slots=True)
class Row:
    """One proposal of one article (by number): what is known of it, and whether it is right."""

    article: int
    facts: tuple[Fact, ...]
    right: bool


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked attribution as word numbers; source is empty where nobody is marked."""

    content: frozenset[int]
    source: frozenset[int]
    spans: tuple[tuple[int, int], ...]


class Words:
    """The words of a text by number; marks, punctuation and white space do not count."""

    def __init__(self, text: str) -> None:
        self.at = [-1] * (len(text) + 1)
        for number, match in enumerate(WORD.finditer(text)):
            for char in range(*match.span()):
                self.at[char] = number

    def of(self, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
        """The words that some spans touch."""
        return frozenset(self.at[char] for start, end in spans for char in range(start, end)) - {-1}


def rows_of(number: int, doc: Doc, attributions: Sequence[dict[str, Any]]) -> Iterator[Row]:
    """The proposals of an article, each judged by the marked attributions; those nested in marked ones left out."""
    page, words = page_of(doc), Words(doc.text)
    marked = [one for row in attributions if (one := marked_of(words, row)).content]
    by_word: defaultdict[int, set[int]] = defaultdict(set)
    for k, one in enumerate(marked):
        for word in one.content:
            by_word[word].add(k)
    for proposal in proposals(page, lambda construction, lemma: 0.5):
        at = proposal.cue[0].start
        if any(start <= at < end for one in marked for start, end in one.spans):
            continue
        content = words.of((span.start, span.end) for span in proposal.content)
        source = words.of((span.start, span.end) for span in proposal.source)
        if not content:
            continue
        near = (marked[k] for k in sorted(set().union(*(by_word[word] for word in content))))
        right = any(
            2 * len(one.content & content) >= len(one.content | content) and agree(one.source, source) for one in near
        )
        rule, lemma = proposal.rule, proposal.lemma
        cues: list[Fact] = [(ANY, ANY), (rule, ANY), (ANY, lemma), (rule, lemma)]
        yield Row(number, (*dict.fromkeys(cues), *((fact,) for fact in evidence(page, proposal))), right)


def marked_of(words: Words, row: dict[str, Any]) -> Marked:
    """A line's attribution as word numbers."""
    content = tuple((start, end) for start, end in row["content"])
    return Marked(words.of(content), words.of((start, end) for start, end in row["source"] or ()), content)


def agree(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether two sources are the same: both absent, half of either shared, or the same last word."""
    if not one or not other:
        return one == other
    return max(one) == max(other) or 2 * len(one & other) >= min(len(one), len(other))


def weighted(rows: Sequence[Row]) -> dict[Fact, tuple[int, int, float]]:
    """For each fact seen often enough: in how many rows, in how many right ones, its weight."""
    seen, right = Counter[Fact](), Counter[Fact]()
    for row in rows:
        seen.update(row.facts)
        right.update(row.facts if row.right else ())
    facts = sorted(fact for fact, count in seen.items() if count >= LEAST_SEEN and is_listed(fact))
    weights = fit(as_rows(rows, facts), rights(rows), PENALTY)
    return {fact: (seen[fact], right[fact], float(weight)) for fact, weight in zip(facts, weights, strict=True)}


def is_listed(fact: Fact) -> bool:
    """Whether a fact may stand in a list: one word for a cue."""
    return len(fact) == 1 or LEMMA.fullmatch(fact[1]) is not None


def as_rows(rows: Sequence[Row], facts: Sequence[Fact]) -> Rows:
    """The rows as numbers of the facts that are weighed."""
    number = {fact: k for k, fact in enumerate(facts)}
    return Rows.of([[number[fact] for fact in row.facts if fact in number] for row in rows], len(facts))


def rights(rows: Sequence[Row]) -> Floats:
    """1.0 for each right row, 0.0 for the others."""
    return np.array([float(row.right) for row in rows])


def figures(rows: Sequence[Row]) -> Iterator[str]:
    """What a fit on three quarters of the articles says of the fourth: log loss, and scores beside shares right."""
    known = [row for row in rows if row.article % HELD_OUT]
    unseen = [row for row in rows if not row.article % HELD_OUT]
    if not known or not unseen:
        yield "too few articles to hold some out"
        return
    weights = weighted(known)
    likely = shares(as_rows(unseen, list(weights)), np.array([weight for _, _, weight in weights.values()]))
    right = rights(unseen)
    loss = -np.mean(np.log(np.clip(np.where(right > 0, likely, 1 - likely), 1e-12, 1)))
    yield f"held out: {len(unseen)} proposals of every {HELD_OUT}th article, log loss {loss:.4f}"
    for tenth in range(10):
        inside = np.minimum(likely * 10, 9).astype(int) == tenth
        if inside.any():
            share = right[inside].mean()
            yield f"  score {tenth / 10:.1f}-{(tenth + 1) / 10:.1f}  {inside.sum():6} seen  {share:.2f} right"


def write(weights: dict[Fact, tuple[int, int, float]], articles: int, folder: Path) -> None:
    """Writes both lists, sorted."""
    lists = (
        (CUE_LIST, "Cues and the constructions they stand in: what each says for or against an attribution.",
         "construction, lemma of the cue", 2),
        (EVIDENCE_LIST, "Other facts about a proposal (etl/extract/evidence.py): what each says for or against an "
         "attribution.", "fact", 1),
    )  # fmt: skip
    for name, title, columns, width in lists:
        lines = [
            "\t".join((*fact, str(seen), str(right), f"{weight:.2f}")) + "\n"
            for fact, (seen, right, weight) in sorted(weights.items())
            if len(fact) == width and (abs(weight) >= LEAST_WEIGHT or fact == (ANY, ANY))
        ]
        text = HEADER.format(title=title, columns=columns, articles=articles) + "".join(lines)
        folder.joinpath(name).write_text(text, encoding="utf-8")


def docs_of(texts: Sequence[str], nlp: Language, cache: Path | None) -> Iterator[Doc]:
    """The docs of some texts; cache: a file they are kept in between runs."""
    if cache is not None and cache.exists():
        yield from DocBin().from_disk(cache).get_docs(nlp.vocab)
        return
    kept = DocBin(attrs=["ORTH", "TAG", "POS", "LEMMA", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE", "SENT_START", "SPACY"])
    for _, doc in annotate((CleanArticle(RawArticle("train", text), "en") for text in texts), nlp):
        kept.add(doc)
        yield doc
    if cache is not None:
        kept.to_disk(cache)


def main(arguments: Sequence[str] | None = None) -> None:
    """Reads marked news, prints the figures and writes the lists."""
    parser = argparse.ArgumentParser(prog="python -m etl.train.evidence", description=main.__doc__)
    parser.add_argument("train", type=Path, help="JSON lines with id, text and attributions")
    parser.add_argument(
        "--out", type=Path, default=DATA, help="folder the two lists are written to (default: etl/data)"
    )
    parser.add_argument("--cache", type=Path, help="file to keep the analysed texts in between runs")
    given = parser.parse_args(arguments)
    articles = [json.loads(line) for line in given.train.read_text(encoding="utf-8").splitlines() if line.strip()]
    docs = docs_of([article["text"] for article in articles], load_model(ModelSettings(fast=True)), given.cache)
    rows: list[Row] = []
    for number, (article, doc) in enumerate(
        tqdm(zip(articles, docs, strict=True), total=len(articles), unit="article")
    ):
        rows += rows_of(number, doc, article["attributions"])
    print(f"{len(rows)} proposals of {len(articles)} articles, {sum(row.right for row in rows)} right")
    for line in figures(rows):
        print(line)
    write(weighted(rows), len(articles), given.out)
    print(f"written: {given.out / CUE_LIST}, {given.out / EVIDENCE_LIST}")


if __name__ == "__main__":
    main()
