"""Noun phrases of sources: where they begin and end, their head, and whom an artefact belongs to."""

import re
from collections.abc import Container

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from etl.resolve.lists import singular, word_set, words

# Nouns of agents: "juror", "bystander", "pollster", "veterinarian", "policyholder".
_AGENT = re.compile(r"(?:[^h]er|or|ist|ian|ee|eer|ster|ant|man|woman|people|kin|folk|mate|wright)\Z")
_NOMINAL = ("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ")


def head(tokens: Tokens) -> Token:
    """The word the phrase hangs on."""
    root = tokens.root
    if root.pos_ in _NOMINAL:
        return root
    # A slip of the parser or of the span ("said officials"): the noun nearest to the root.
    return next((token for token in tokens if token.pos_ in ("NOUN", "PROPN", "PRON")), root)


def whole(tokens: Tokens) -> Tokens:
    """The phrase with modifiers that the span left off: "officials" in "defense officials familiar with the matter"."""
    doc, top = tokens.doc, head(tokens)
    start, end = tokens.start, tokens.end
    if top.pos_ not in ("NOUN", "PROPN"):
        return tokens
    left = top.left_edge.i
    if left < start and not any(_stops(token) for token in doc[left:start]):
        start = left
    for child in top.rights:
        # "sources familiar with the matter", "a spokesman for the ministry"; "officials briefed on the talks"
        fits = child.dep_ in ("prep", "amod") and child.lower_ in word_set("complements")
        fits = fits or (child.dep_ == "acl" and child.tag_ in ("VBN", "VBG"))
        inside = [token for token in child.subtree if token.i != child.i]
        if fits and child.left_edge.i == end and not any(_stops(token) for token in inside):
            end = child.right_edge.i + 1
    return doc[start:end]


def less_clause(tokens: Tokens) -> Tokens:
    """The phrase without a clause that tells more of its bearer: "a rescue worker, who asked not to be named"."""
    for token in tokens[1:]:
        if token.lower_ in ("who", "whose", "whom", "which") and token.tag_.startswith("W"):
            end = token.i
            while end > tokens.start + 1 and (tokens.doc[end - 1].is_punct or tokens.doc[end - 1].lower_ == "and"):
                end -= 1
            return tokens.doc[tokens.start : end]
    return tokens


def name_of_phrase(tokens: Tokens) -> str:
    """The phrase as printed, white space single, without punctuation at its ends."""
    return " ".join(tokens.text.split()).strip(" ,;:.–—-“”\"'’‘()")


def maker(tokens: Tokens) -> Tokens | None:
    """Whose a thing with words on it is: "Wallace" in "Wallace's statement", "a statement by Wallace"; else None."""
    top = head(tokens)
    doc: Doc = tokens.doc
    if singular(top.lemma_) not in words("artefacts.en.txt") and top.lower_ not in words("artefacts.en.txt"):
        return None
    for child in top.children:
        if child.dep_ == "poss" and child.i >= tokens.start:
            owner = doc[child.left_edge.i : child.i + 1]
            return owner if len(owner) else None
        if child.lower_ in ("by", "from") and child.dep_ in ("prep", "agent"):
            for noun in child.children:
                if noun.dep_ == "pobj":
                    return doc[noun.left_edge.i : noun.right_edge.i + 1]
    return None


def can_speak(top: Token) -> bool:
    """Whether a noun is of people, a group or a thing with words on it ("officials", "report", not "position")."""
    noun = singular(top.text)
    if top.pos_ in ("PROPN", "PRON") or any(noun in known for known in _speaking()):
        return True
    if noun in word_set("abstract") or singular(top.lemma_) in word_set("abstract"):
        return False
    return bool(_AGENT.search(top.lemma_.lower()))


def _speaking() -> tuple[Container[str], ...]:
    return (
        words("unnamed_heads.en.txt"),
        words("offices.en.tsv"),
        words("body_nouns.en.tsv"),
        words("artefacts.en.txt"),
    )


def is_plural(token: Token) -> bool:
    """Whether the noun is plural."""
    return token.tag_ in ("NNS", "NNPS") or token.lower_ in (
        "people",
        "police",
        "many",
        "some",
        "others",
        "they",
        "several",
    )


def is_definite(tokens: Tokens) -> bool:
    """Whether the phrase takes its bearer for known: "the minister", "this minister", "his counterpart"."""
    first = tokens[0]
    return first.lower_ in ("the", "this", "that", "these", "those", "said") or first.tag_ == "PRP$"


def _stops(token: Token) -> bool:
    return (
        token.is_space
        or token.is_quote
        or token.text in (",", ";", ":", "(", ")", "–", "—")
        or token.pos_ in ("VERB", "AUX")
    )
