"""Spans that somebody marked as mentions of people -> what the words of each say: name, pronoun or description."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from etl.identify.person_words import (
    PLURAL_PRONOUNS,
    PRONOUNS,
    bare,
    gender_of_noun,
    means_several,
    person_noun,
)
from etl.records import Span
from etl.resolve.reading import tokens_of
from etl.resolve.trail import GENDERS
from schema.keys import fold

_BEFORE_NOUN = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "PUNCT"})
_DETERMINER_REACH = 5
"""Words between a determiner and its noun, at most: "an unidentified 43-year-old Norwegian man"."""


class Form(Enum):
    """What a mention is made of."""

    NAME = "name"
    PRONOUN = "pronoun"
    DESCRIPTION = "description"


@dataclass(slots=True)
class Mention:
    """A given mention. tokens: at least one; head: the one that stands for it in the sentence.

    folded: the words without quotation marks and possessive. noun: folded singular head noun, empty but for a
    description. gender: "male", "female" or "" where the words leave it open; a pronoun's antecedent may fill it.
    determiner: folded, empty where there is none. sentence: number in the article.
    """

    span: Span
    text: str
    tokens: Tokens
    head: Token
    form: Form
    folded: str
    noun: str
    gender: str
    is_plural: bool
    determiner: str
    sentence: int

    @property
    def is_name(self) -> bool:
        """Whether it is a name."""
        return self.form is Form.NAME

    @property
    def is_pronoun(self) -> bool:
        """Whether it is a pronoun."""
        return self.form is Form.PRONOUN


def given_mentions(spans: Iterable[Span], names: Collection[Span], doc: Doc) -> list[Mention]:
    """The mentions in text order, each span once; spans without a word are left out. names: those that are names."""
    starts = [token.idx for token in doc]
    sentences = _sentences(doc)
    text = doc.text
    found = []
    for span in sorted(set(spans)):
        tokens = tokens_of(span, doc, starts)
        if any(letter.isalnum() for letter in span.of(text)) and len(tokens):
            found.append(_mention(span, span.of(text), tokens, span in names, sentences))
    return found


def _mention(span: Span, text: str, tokens: Tokens, is_name: bool, sentences: Sequence[int]) -> Mention:
    folded = fold(bare(text))
    form = Form.NAME if is_name else Form.PRONOUN if folded in PRONOUNS else Form.DESCRIPTION
    head = _head(tokens, form)
    noun, is_plural = person_noun(bare(head.text))
    by_number = folded in PLURAL_PRONOUNS or means_several(folded, noun)
    return Mention(
        span=span,
        text=text,
        tokens=tokens,
        head=head,
        form=form,
        folded=folded,
        noun=noun if form is Form.DESCRIPTION else "",
        gender="" if is_name else GENDERS.get(folded) or gender_of_noun(noun),
        is_plural=is_plural or head.tag_ in ("NNS", "NNPS") or by_number,
        determiner=_determiner(tokens),
        sentence=sentences[tokens.start],
    )


def _head(tokens: Tokens, form: Form) -> Token:
    """The token that governs the others; of a description the last noun where that one is none."""
    inside = range(tokens.start, tokens.end)
    head = next(token for token in reversed(tokens) if token.head == token or token.head.i not in inside)
    nouns = [token for token in tokens if token.pos_ in ("NOUN", "PROPN")]
    return nouns[-1] if form is Form.DESCRIPTION and nouns and head not in nouns else head


def _determiner(tokens: Tokens) -> str:
    """The folded article, demonstrative or possessive before the noun; corpora mark mentions without it."""
    if tokens[0].pos_ == "DET":
        return tokens[0].lower_
    doc, at = tokens.doc, tokens.start - 1
    oldest = max(at - _DETERMINER_REACH, 0)
    while at > oldest and doc[at].pos_ in _BEFORE_NOUN and doc[at].text not in (",", "."):
        at -= 1
    is_determiner = at >= 0 and (doc[at].pos_ in ("DET", "PRON") or doc[at].text in ("'s", "’s"))
    return doc[at].lower_ if is_determiner else ""


def _sentences(doc: Doc) -> list[int]:
    """Of each token the number of its sentence."""
    numbers = [0] * len(doc)
    if doc.has_annotation("SENT_START"):
        for number, sent in enumerate(doc.sents):
            numbers[sent.start : sent.end] = [number] * len(sent)
    return numbers
