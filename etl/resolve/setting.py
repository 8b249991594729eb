"""Where or to whom words were said, as far as the reporting words tell: it makes two remarks of one occasion or of two.

"told the council" and "told Norwire" are two; "told MPs" and "told the chamber" are one; "said" tells nothing.
"""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from etl.records import Quotation, Span
from etl.resolve.lists import singular, word_set, words
from etl.resolve.reading import Reading

_AUDIENCE = ("dobj", "dative", "iobj")
_HAD = ("had", "'d", "’d")


def setting(quotation: Quotation, reading: Reading) -> str | None:
    """A word for the setting, the same for two that may be one; None where the words do not tell."""
    cue = [token for span in quotation.cue for token in reading.tokens(span)]
    for token in cue:
        if token.dep_ == "relcl" and singular(token.head.lemma_) in words("artefacts.en.txt"):
            return singular(token.head.lemma_)  # "a report in which the commodore said"
        for found in _settings(token, quotation, reading):
            return next((name for name in ("parliament", "writings") if found in word_set(name)), found)
        if token.lemma_.lower() in word_set("write"):
            return "writings"
    return None


def is_recalled(quotation: Quotation, reading: Reading) -> bool:
    """Whether the words are told as said before the others: "On Monday she had told Norwire that ..."."""
    cue = [token for span in quotation.cue for token in reading.tokens(span)]
    return any(child.dep_ == "aux" and child.lower_ in _HAD for token in cue for child in (*token.children, token))


def _settings(verb: Token, quotation: Quotation, reading: Reading) -> Iterator[str]:
    own = (*quotation.content, *quotation.source)
    for child in verb.children:
        if _is_in(child, own):
            continue
        if child.dep_ in _AUDIENCE and _is_somebody(child) and verb.lemma_.lower() in word_set("address"):
            yield _word(child, reading)
        if child.dep_ in ("prep", "dative") and child.lower_ in ("in", "on", "at", "to", "with", "during"):
            for noun in child.children:
                if noun.dep_ == "pobj" and not _is_in(noun, own) and _is_setting(noun, reading):
                    yield _word(noun, reading)


def _is_in(token: Token, spans: Sequence[Span]) -> bool:
    return any(span.start <= token.idx < span.end for span in spans)


def _is_setting(noun: Token, reading: Reading) -> bool:
    lemma = singular(noun.lemma_)
    if noun.i in reading.name_at or lemma in words("artefacts.en.txt"):
        return True
    return any(lemma in word_set(name) for name in ("occasions", "parliament", "audiences"))


def _is_somebody(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN") or token.lower_ in ("us", "me")


def _word(noun: Token, reading: Reading) -> str:
    at = reading.name_at.get(noun.i)
    return reading.names[at].name.casefold() if at is not None else singular(noun.lemma_).casefold()
