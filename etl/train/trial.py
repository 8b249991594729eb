"""How well a net does on dev, read as the shipped model reads: the same windows, decoding and choice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from spacy.tokens import Doc

from etl.evaluate.attributions import Words as WordTokens
from etl.evaluate.attributions import matched, sources_agree
from etl.evaluate.corpus import Marked, MarkedArticle, read_corpus, score_corpus
from etl.evaluate.scores import scores
from etl.extract.learned.choose import Candidate, choose
from etl.extract.learned.component import Attributor, Window
from etl.extract.learned.decode import Floats, Numbers
from etl.extract.learned.network import Batch, Settings
from etl.extract.learned.words import Vocabulary, windows, words_of
from etl.records import Span
from etl.train.net import AttributionNet

# Chosen on dev: windows shorter than those of training read better (76.1 against 75.9) and quicker.
LONGEST = 126
LEAST_ANCHOR = 0.15
UNCALIBRATED: Mapping[str, float] = {"bias": 0.0, "anchor": 0.5, "cue": 0.5, "source": 0.5, "content": 0.5}
THRESHOLDS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)


class TorchNetwork:
    """A net in the place of etl.extract.learned.network.Network."""

    def __init__(self, net: AttributionNet, vocabulary: Vocabulary, settings: Settings) -> None:
        self.net, self.vocabulary, self.settings = net, vocabulary, settings

    @torch.inference_mode()
    def look(self, batch: Batch) -> tuple[Floats, Floats]:
        """As Network.look."""
        self.net.eval()
        with torch.autocast("cpu", torch.bfloat16):
            states, labels = self.net.look(**{name: torch.from_numpy(column) for name, column in batch.columns.items()})
        return states.float().numpy(), torch.log_softmax(labels.float(), -1).numpy()

    @torch.inference_mode()
    def roles(self, states: Floats, lengths: Numbers, row: Numbers, at: Numbers) -> Floats:
        """As Network.roles."""
        with torch.autocast("cpu", torch.bfloat16):
            labels = self.net.roles(
                torch.from_numpy(states[row]).bfloat16(), torch.from_numpy(lengths[row]), torch.from_numpy(at)
            )
        scored: Floats = torch.log_softmax(labels.float(), -1).numpy()
        return scored


@dataclass(frozen=True, slots=True)
class Found:
    """The candidates of one article of dev, unchosen, in characters and as they are."""

    article: MarkedArticle
    candidates: Sequence[Candidate]
    marked: Sequence[Marked]


class Trial:
    """The articles of dev, ready to be read by one net after the other."""

    def __init__(self, path: Path, docs: Sequence[Doc], vocabulary: Vocabulary, longest: int = LONGEST) -> None:
        self.articles = read_corpus(path)
        self.docs = docs
        self.vocabulary = vocabulary
        self.longest = longest
        self.words = [words_of(doc, vocabulary) for doc in docs]

    def settings(self) -> Settings:
        """Those of a model that was not calibrated."""
        return Settings("uncalibrated", self.longest, LEAST_ANCHOR, 0.0, UNCALIBRATED, {})

    def read(self, attributor: Attributor) -> list[Found]:
        """Every candidate of every article."""
        todo = [
            Window(number, range(begin, end))
            for number, held in enumerate(self.words)
            for begin, end in windows(held, self.longest)
        ]
        by_doc: list[list[Candidate]] = [[] for _ in self.docs]
        for one in attributor.candidates(self.words, todo):
            by_doc[one.doc].append(one)
        return [
            Found(article, mine, [self.marked(number, one) for one in mine])
            for number, (article, mine) in enumerate(zip(self.articles, by_doc, strict=True))
        ]

    def marked(self, number: int, one: Candidate) -> Marked:
        """A candidate in characters of its article."""
        doc, words = self.docs[number], self.words[number]

        def spans(ranges: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
            return tuple(
                Span(doc[int(words.token[a])].idx, doc[int(words.token[b - 1])].idx + len(doc[int(words.token[b - 1])]))
                for a, b in ranges
            )

        return Marked(spans(one.content), spans(one.source), spans(one.cue), one.confidence)

    def best(self, found: Sequence[Found]) -> tuple[float, Mapping[str, float]]:
        """The threshold with the best F1 of attributions, and the figures there."""
        tried = {least: scores(score_corpus(self.articles, chosen(found, least)).measures) for least in THRESHOLDS}
        least = max(tried, key=lambda least: tried[least]["attributions"])
        return least, tried[least]

    def line(self, net: AttributionNet) -> str:
        """The figures of a net that matter, in a line."""
        found = self.read(Attributor(TorchNetwork(net, self.vocabulary, self.settings())))
        least, figures = self.best(found)
        names = ("attributions", "attributions, quoted", "attributions, indirect", "contents", "contents, exact")
        return f"at {least}: " + ", ".join(f"{name} {100 * figures[name]:.1f}" for name in names)


def chosen(found: Sequence[Found], least: float) -> dict[str, list[Marked]]:
    """What stays of the candidates of each article."""
    picked = {}
    for one in found:
        marked = dict(zip(map(id, one.candidates), one.marked, strict=True))
        picked[one.article.id] = [marked[id(candidate)] for candidate in choose(one.candidates, least)]
    return picked


def rightness(one: Found, marked: Sequence[Marked]) -> Sequence[bool]:
    """Which of the attributions of an article are right: content matched and sources agree, as the scorer has it."""
    words = WordTokens(one.article.text)
    gold = [words.said(each.content, each.source) for each in one.article.attributions]
    got = [words.said(each.content, each.source) for each in marked]
    right = {f for g, f in matched(gold, got) if sources_agree(gold[g].source, got[f].source)}
    return [number in right for number in range(len(got))]
