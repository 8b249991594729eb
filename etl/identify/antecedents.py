"""Whom a pronoun or description of one article means among the other given mentions: one sentence shape a rule.

What etl.resolve found by name, office and pronoun comes before: these rules are asked about the rest.
"""

from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from etl.identify.given_mentions import Mention
from etl.identify.person_words import PLURAL_PRONOUNS, RELATIVE_PRONOUNS
from etl.resolve.trail import GENDERS

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_GENDERED_REACH, _PLURAL_REACH = 4, 3
"""Sentences back within which "she" and "they" mean somebody who came up."""

_CLAUSES_UP = 4
_APPOSITION_REACH = 12
"""Words behind a description within which what explains it begins."""

_RELATIVE_REACH = 3
_NEW = frozenset({"a", "an", "another"})
"""Determiners of somebody who did not come up before."""


def antecedent(mention: Mention, before: Sequence[Mention], at: Mapping[int, Mention]) -> Mention | None:
    """The mention that means the same person, None where no rule knows.

    mention: no name. before: the mentions before it in text order. at: token -> the mention that covers it, of the
    whole article.
    """
    if mention.folded in RELATIVE_PRONOUNS:
        return _of_relative_clause(mention, before, at)
    if mention.folded in GENDERS:
        return _of_gender(mention, before)
    if mention.folded in PLURAL_PRONOUNS:
        return _last_plural(mention, before)
    if mention.is_pronoun:
        return None
    beside = _beside(mention, at)
    if beside is not None and _agree(mention, beside):
        return beside
    return _same_noun(mention, before)


def _of_relative_clause(mention: Mention, before: Sequence[Mention], at: Mapping[int, Mention]) -> Mention | None:
    """ "the driver, who fled" """
    clause = mention.head.head
    for _ in range(_CLAUSES_UP):
        if clause.dep_ == "relcl":
            found = _other(clause.head, mention, at)
            if found is not None:
                return found
            break
        clause = clause.head
    near = bool(before) and 0 <= mention.tokens.start - before[-1].tokens.end <= _RELATIVE_REACH
    return before[-1] if near else None


def _of_gender(mention: Mention, before: Sequence[Mention]) -> Mention | None:
    """ "the widow ... she": the last one who may be of that gender."""
    for other in reversed(before):
        if mention.sentence - other.sentence > _GENDERED_REACH:
            return None
        if other.is_pronoun and other.folded not in GENDERS:
            continue
        if not other.is_plural and other.gender in ("", mention.gender) and not _acts_on(other, mention):
            return other
    return None


def _acts_on(mention: Mention, pronoun: Mention) -> bool:
    """Whether somebody does something to whom the pronoun means: "the driver hit her" is not about one person."""
    is_object = pronoun.head.dep_ == "dobj" and not pronoun.folded.endswith("self")
    return is_object and mention.head.dep_ in _SUBJECTS and mention.head.head == pronoun.head.head


def _last_plural(mention: Mention, before: Sequence[Mention]) -> Mention | None:
    """ "the hikers ... they" """
    near = (other for other in reversed(before) if mention.sentence - other.sentence <= _PLURAL_REACH)
    return next((other for other in near if other.is_plural), None)


def _beside(mention: Mention, at: Mapping[int, Mention]) -> Mention | None:
    """What stands beside a description for the same person, in the first shape that fits."""
    head, doc = mention.head, mention.tokens.doc
    end = mention.tokens.end
    if head.dep_ == "appos" and (found := _other(head.head, mention, at)):
        return found  # "Dana Ortiz, the driver"
    if head.dep_ in ("compound", "amod", "nmod"):
        found = _other(head.head, mention, at)
        if found is not None and found.is_name and found.tokens.start >= end:
            return found  # "actress Dana Ortiz"
    for token in doc[end : end + _APPOSITION_REACH]:
        if token.dep_ == "appos" and token.head == head:
            if found := _other(token, mention, at):
                return found  # "the driver, Dana Ortiz"
            break
    following = at.get(end)
    if following is not None and following.is_name and following.tokens.start == end and not mention.is_plural:
        return following  # "driver Dana Ortiz", however it was parsed
    if head.dep_ == "attr":
        return next((one for one in at.values() if _is_subject_of(one, head.head) and one is not mention), None)
    return None


def _is_subject_of(mention: Mention, verb: Token) -> bool:
    """ "Dana Ortiz was the driver" """
    return mention.head.dep_ in _SUBJECTS and mention.head.head == verb


def _agree(mention: Mention, other: Mention) -> bool:
    """Whether number and gender let both be one person."""
    same_number = other.is_plural == mention.is_plural or other.is_pronoun or (other.is_name and not mention.is_plural)
    return same_number and not (mention.gender and other.gender and mention.gender != other.gender)


def _same_noun(mention: Mention, before: Sequence[Mention]) -> Mention | None:
    """ "a driver ... the driver" """
    if mention.determiner in _NEW:
        return None
    alike = (one for one in reversed(before) if one.noun == mention.noun and one.is_plural == mention.is_plural)
    return next(alike, None)


def _other(token: Token, mention: Mention, at: Mapping[int, Mention]) -> Mention | None:
    """The mention that covers a token, if it is another one."""
    found = at.get(token.i)
    return None if found is mention else found
