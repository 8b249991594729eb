"""One article with its given mentions -> its people and groups: who is who in it, and what it says of each."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from spacy.tokens import Doc

from etl.identify.antecedents import antecedent
from etl.identify.entity import Called, Entity
from etl.identify.given_mentions import Form, Mention, given_mentions
from etl.identify.names_within import names_among
from etl.identify.offices import offices
from etl.identify.person_words import bare
from etl.identify.surroundings import context, modifiers, predicates
from etl.records import CleanArticle, Quotation, ResolvedMention, Span
from etl.resolve import references
from etl.resolve.names import parse_name
from etl.resolve.people import Person
from etl.resolve.spelling import letters
from schema.keys import fold

_PERSON_COUNTS = 2
"""Mentions that the gender of titles and given name counts as much as."""


def entities(article: CleanArticle, doc: Doc, quotations: Sequence[Quotation], spans: Iterable[Span]) -> list[Entity]:
    """The people and groups that the given mentions mean, by falling number of mentions.

    doc: the article annotated. spans: the mentions, in any order; one without a word belongs to nobody.
    """
    spans = sorted(set(spans))
    names = names_among(spans, article.text)
    found = references(article, doc, quotations, sorted(set(names.values())))
    mentions = given_mentions(spans, names, doc)
    groups = _groups(mentions, _parties(mentions, found.mentions), found.people.by_key)
    ordered = sorted(groups.items(), key=lambda one: (-len(one[1]), one[1][0].span))
    people = found.people.by_key
    name = article.raw.external_id or ""
    printed = {span: bare(name.of(article.text)) for span, name in names.items()}
    return [_entity(name, group, printed, people.get(key)) for key, group in ordered]


def _parties(mentions: Iterable[Mention], found: Iterable[ResolvedMention]) -> Mapping[Span, str]:
    """Whom reading the article found at the last word of each mention; a mention without anybody is left out."""
    at = {place: one.party for one in found for place in range(one.span.start, one.span.end)}
    parties = {}
    for mention in mentions:
        places = reversed(range(mention.span.start, mention.span.end))
        party = next((at[place] for place in places if place in at), None)
        if party is not None:
            parties[mention.span] = party
    return parties


def _groups(
    mentions: Sequence[Mention], parties: Mapping[Span, str], people: Mapping[str, Person]
) -> Mapping[str, list[Mention]]:
    """The mentions of each person or group of the article, in text order; the key is the party's, else any."""
    at: dict[int, Mention] = {}
    owner: dict[Span, str] = dict(parties)
    for mention in mentions:
        for token in mention.tokens:
            at.setdefault(token.i, mention)
        if mention.is_name and owner.get(mention.span) in people:
            mention.gender = people[owner[mention.span]].gender
    for i, mention in enumerate(mentions):
        if mention.span in owner:
            continue
        other = antecedent(mention, mentions[:i], at)
        if other is None:
            owner[mention.span] = _own(mention)
            continue
        owner[mention.span] = owner.setdefault(other.span, _own(other))
        if mention.is_pronoun:
            mention.gender = mention.gender or other.gender
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        groups[owner[mention.span]].append(mention)
    return groups


def _own(mention: Mention) -> str:
    """The key of somebody whom nothing but this mention is known of."""
    return f"mention:{mention.span.start}:{mention.span.end}"


def _entity(article: str, group: Sequence[Mention], printed: Mapping[Span, str], person: Person | None) -> Entity:
    """What the article says of a person or group. person: who they are by name, where they have one."""
    names = {printed[one.span] for one in group if one.is_name}
    # A single word that was taken for a name, and that nobody marked as one, may be anything ("Hit", of a headline).
    if person is not None and parse_name(person.name).is_full:
        names.add(person.name)
    described = [one for one in group if one.form is Form.DESCRIPTION]
    roles = person.roles if person else ()
    return Entity(
        article=article,
        name=Called.person(names),
        titles=frozenset(fold(role) for role in roles),
        roles=frozenset(word for role in roles for word in letters(role).split()),
        offices=offices(roles),
        gender=_gender(group, person),
        is_plural=_is_plural(group),
        mentions=tuple((one.span.start, one.span.end) for one in group),
        nouns=frozenset(one.noun for one in described),
        modifiers=modifiers(group),
        context=context(group),
        predicates=predicates(group),
    )


def _gender(group: Sequence[Mention], person: Person | None) -> str:
    counts = Counter(one.gender for one in group if one.gender)
    if person is not None and person.gender:
        counts[person.gender] += _PERSON_COUNTS
    return max(sorted(counts), key=lambda gender: counts[gender], default="")


def _is_plural(group: Sequence[Mention]) -> bool:
    """Whether most of the mentions mean more than one person."""
    return 2 * sum(one.is_plural for one in group) > len(group)
