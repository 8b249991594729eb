"""What makes words look like a person's name: capitals, shape, and what the words around them do."""

import re

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from etl.resolve.bodies import is_body_word
from etl.resolve.countries import adjectives
from etl.resolve.lists import is_office, word_set

_NAME_WORD = re.compile(r"[^\W\d_][^\W\d_’'.-]*(?:[’'.-]+[^\W\d_]+)*\.?\Z")
_WORDS_TO_PRONOUN = 20


def looks_personal(phrase: Tokens) -> bool:
    """Whether a phrase that speaks is a full name that neither the lists nor the model know: "Jacklyn Beck said"."""
    words = [token for token in phrase if not is_office(token.text)]
    return (
        2 <= len(words) <= 3
        and all(is_name_word(token) and token.pos_ == "PROPN" and not token.is_upper for token in words)
        and not any(is_no_persons(token) or token.ent_type_ in ("ORG", "GPE", "LOC", "NORP") for token in words)
    )


def acts_as_person(phrase: Tokens) -> bool:
    """Whether one unknown name that speaks is somebody's: an age after it, a human act, or "he" right after it."""
    doc = phrase.doc
    if len(phrase) != 1 or phrase[0].pos_ != "PROPN" or not is_name_word(phrase[0]) or phrase[0].is_upper:
        return False
    token, end = phrase[0], phrase.end
    if is_no_persons(token) or is_office(token.text):
        return False
    if end + 1 < len(doc) and doc[end].text == "," and doc[end + 1].text.isdigit() and len(doc[end + 1]) == 2:
        return True  # "Zorbek, 45, said"
    if token.dep_ == "nsubj" and token.head.lemma_.lower() in word_set("human acts"):
        return True  # "Zorbek joked"
    until = min(end + _WORDS_TO_PRONOUN, len(doc))
    for after in doc[end:until]:
        if after.pos_ == "PROPN" and after.ent_type_ in ("PERSON", "ORG", "GPE"):
            return False
        if after.dep_ == "nsubj" and after.lower_ in ("he", "she"):
            return True  # "Zorbek said it was ready. He laughed."
        if after.lower_ in ("its", "they", "their"):
            return False
    return False


def is_no_persons(token: Token) -> bool:
    """Whether the word makes the run of words a body or a place: "Kent County Republican"."""
    return is_body_word(token.text) or token.lower_ in word_set("not of persons")


def is_name_word(token: Token) -> bool:
    """Whether the word may be part of a name by its shape: capital first, no adjective of a country."""
    return token.text[:1].isupper() and bool(_NAME_WORD.match(token.text)) and token.text not in adjectives()
