"""Who a source phrase is: a person, a body, a source that nobody names, or nobody at all."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from etl.resolve.bodies import Body, Kind, bare_body, body_nouns, country_body
from etl.resolve.countries import adjectives
from etl.resolve.dateline import dateline_end
from etl.resolve.described_bodies import country_in, described_body, government, office_of
from etl.resolve.descriptions import introduced_before, is_description, person_described
from etl.resolve.entities import Named
from etl.resolve.lists import is_office, known_nouns, singular, word_set
from etl.resolve.memory import Memory, Who, reason
from etl.resolve.outcomes import PRONOUN_UNRESOLVED
from etl.resolve.phrases import can_speak, head, is_definite, is_plural, maker, name_of_phrase, whole
from etl.resolve.pronouns import is_pronoun, who_pronoun
from etl.resolve.reading import Reading
from etl.resolve.register import Register
from schema.enums import SpeakerType

_FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our"})
_POSSESSIVE = ("'s", "’s", "'", "’")


def who(tokens: Tokens, reading: Reading, register: Register, memory: Memory) -> Who:
    """Whom the tokens of a source mean."""
    if not len(tokens):
        return Who(None, reason("nobody named"))
    if (after := _after_dateline(tokens, reading, register)) is not None:
        return after
    owner = maker(tokens)
    if owner is not None:
        found = who(owner, reading, register, memory)
        if found.party is not None and register[found.party].type is not SpeakerType.UNNAMED_SOURCE:
            return Who(found.party, reason("maker of what speaks", detail=name_of_phrase(tokens)), found.kind)
    top = head(tokens)

    def whose(phrase: Tokens) -> Who:
        return who(phrase, reading, register, memory)

    if len(tokens) == 1 and is_pronoun(top):
        return who_pronoun(top, reading, register, memory, whose)
    name = name_meant(tokens, top, reading)
    if name is not None:
        return _named(name, reading, register)
    return (
        _no_speaker(tokens, top, reading, register)
        or government(tokens, top, reading, register)
        or office_of(tokens, top, reading, register, whose)
        or described_body(tokens, top, reading, register)
        or _described_person(tokens, top, reading, register, memory)
        or _unnamed(tokens, top, reading, register, memory)
    )


def name_meant(tokens: Tokens, top: Token, reading: Reading) -> int | None:
    """Index of the name that the phrase is about, None when the names in it only modify another noun.

    "British Defence Secretary Ben Wallace" and "Wallace, the defence secretary," mean Wallace; "Wallace's spokesman"
    and "a spokesman for Wallace" do not.
    """
    doc, names = tokens.doc, reading.names
    inside = reading.names_in(tokens.start, tokens.end)
    at = reading.name_at.get(top.i)
    if not inside:
        # The span may begin within a name.
        return at if at is not None and names[at].kind is not Kind.PLATFORM else None
    if _leads(names[inside[0]], at == inside[0], tokens):
        return inside[0]
    last = names[inside[-1]]
    ends = last.end >= _visible_end(tokens)
    if ends and last.kind is Kind.PERSON:
        before = doc[last.first - 1] if last.first > tokens.start else None
        if before is None or (before.pos_ not in ("ADP", "CCONJ") and before.tag_ != "IN"):
            return inside[-1]
    if at is not None:
        return at
    if ends and last.start > tokens.start:
        # "the Russian news agency Interfax", "the American newspaper The New York Times"
        before = doc[last.start - 1]
        if before.lower_ == "the" and last.start - 2 >= tokens.start:
            before = doc[last.start - 2]
        if fold_noun(before) in body_nouns():
            return inside[-1]
    if is_office(top.text) or fold_noun(top) in body_nouns():
        # "Britain's defence secretary, Ben Wallace, who ..."
        for child in top.children:
            if child.dep_ == "appos" and child.i < tokens.end and child.i in reading.name_at:
                return reading.name_at[child.i]
    outlets = [i for i in inside if names[i].kind.is_outlet and names[i].end <= top.i]
    kinds = body_nouns().get(fold_noun(top), frozenset())
    if outlets and kinds & {Kind.OUTLET.value, Kind.AGENCY.value}:
        return outlets[-1]  # "the BELTA news agency", "The Guardian newspaper"
    people = (i for i in inside if names[i].kind is Kind.PERSON and not _is_hyphened(doc, names[i].end))
    person = next(people, None)
    if (
        person is not None
        and _is_of(doc, names[person].end, tokens.end)
        and all(_modifies(token) for token in doc[tokens.start : names[person].first])
    ):
        return person  # "conservative commentator Jon Roe of the Weekly Review"
    return None


def _is_hyphened(doc: Doc, end: int) -> bool:
    """Whether a name goes on with a hyphen: "Oscar-winning actress Susan Roe"."""
    return end < len(doc) and doc[end].text == "-" and not doc[end].whitespace_


def _is_of(doc: Doc, end: int, phrase_end: int) -> bool:
    """Whether what follows a name tells where its bearer belongs: "Jon Roe of the Weekly Review"; not "Roe's wife"."""
    return end < phrase_end and doc[end].lower_ in (",", "of", "at", "from", "with", "in")


def _modifies(token: Token) -> bool:
    """Whether a word before a name may describe its bearer."""
    return token.tag_ in ("VBG", "VBN") or (
        token.pos_ in ("DET", "ADJ", "NOUN", "PROPN", "NUM", "ADV", "PUNCT") and token.text not in (",", ";", ":")
    )


def _leads(first: Named, is_head: bool, tokens: Tokens) -> bool:
    """Whether the phrase begins with the name, title included, and what follows only describes it."""
    doc = tokens.doc
    if any(token.is_alpha and token.pos_ != "DET" for token in doc[tokens.start : first.first]):
        return False
    after = doc[first.end] if first.end < tokens.end else None
    if after is None or after.text in (",", "("):
        return True
    if _is_hyphened(doc, first.end):
        return False
    goes_on = after.lower_ in ("and", "who", "which", "of", "in", "from", "–", "—", "-")
    return goes_on and (first.kind is Kind.PERSON or is_head)


def _visible_end(tokens: Tokens) -> int:
    """Where the phrase ends, punctuation and possessive left out."""
    end = tokens.end
    while end > tokens.start and tokens.doc[end - 1].is_punct:
        end -= 1
    return end


def fold_noun(token: Token) -> str:
    """The singular of a noun as the lists write it."""
    return singular(token.text)


def _named(name: int, reading: Reading, register: Register) -> Who:
    one = reading.names[name]
    person = reading.person(name)
    if person is not None:
        rule = "full name" if one.name == person.name else "shorter name"
        detail = None if one.name == person.name else f"{one.name} -> {person.name}"
        return Who(register.person(person), reason(rule, 1.0 if person.parsed.is_full else 0.8, detail))
    if one.kind is Kind.PLATFORM:
        return Who(None, reason("a platform speaks for nobody", detail=one.name), one.kind)
    body = reading.body(name)
    rule = "country that speaks" if one.kind is Kind.COUNTRY else "body"
    return Who(register.body(body, one.name), reason(rule, 1.0, f"{one.name} -> {body.name}"), one.kind)


def _no_speaker(tokens: Tokens, top: Token, reading: Reading, register: Register) -> Who | None:
    """ "The article said", in a correction: the outlet that printed it where the text names it, else nobody."""
    if top.lower_ not in word_set("no speakers") or not is_definite(tokens):
        return None
    if len([token for token in tokens if token.is_alpha]) > 2:
        return None  # "the National Mirror article"
    for name in reading.names_before(len(reading.doc), len(reading.doc)):
        one = reading.names[name]
        if one.kind.is_outlet and reading.publisher == reading.body(name).key:
            detail = f"{name_of_phrase(tokens)}: its own"
            key = register.body(reading.body(name), one.name)
            return Who(key, reason("outlet of the article", 0.5, detail), Kind.OUTLET)
    return Who(None, reason("an article is no speaker", 0.0, tokens.text))


def _after_dateline(tokens: Tokens, reading: Reading, register: Register) -> Who | None:
    """Who is named right after the dateline that was taken for a source: "HARLOW (Norwire) - Dana Ortiz said"."""
    end = dateline_end(reading.text)
    if not end or tokens.start_char >= end or tokens.end_char > end:
        return None
    name = next(
        (i for i, one in enumerate(reading.names) if one.start < len(reading.doc) and reading.span(one).start >= end),
        None,
    )
    if (
        name is not None
        and reading.head(name).dep_ in ("nsubj", "nsubjpass")
        and reading.span(reading.names[name]).start - end < 5
    ):
        return _named(name, reading, register)
    return Who(None, reason("a dateline is no speaker", 0.0, tokens.text))


def _described_person(tokens: Tokens, top: Token, reading: Reading, register: Register, memory: Memory) -> Who | None:
    """ "the British minister", "the 33-year-old": a person of the article, or the unnamed source described before."""
    if not is_description(tokens, top, reading):
        return None
    if (before := _so_called_before(tokens, top, register, memory)) is not None:
        return before
    introduced = introduced_before(tokens, top, reading)
    if introduced is not None:
        key = register.unnamed(name_of_phrase(introduced), affiliations(introduced, reading, register))
        memory.described.unnamed[fold_noun(top)] = key
        detail = f"{name_of_phrase(tokens)} -> {name_of_phrase(introduced)}"
        return Who(key, reason("description", 0.6, detail))
    found = person_described(tokens, top, reading, memory.trail, memory.described, memory.last)
    return Who(register.person(found[0]), found[1]) if found else None


def _so_called_before(tokens: Tokens, top: Token, register: Register, memory: Memory) -> Who | None:
    """The unnamed source of this noun that the phrase repeats: "the employee" after "an employee of the plant"."""
    before = memory.described.unnamed.get(fold_noun(top))
    if before is None or not _repeats(tokens, register[before].name):
        return None
    return Who(before, reason("description", 0.6, f"{name_of_phrase(tokens)}: the unnamed source so called before"))


def _repeats(tokens: Tokens, name: str) -> bool:
    """Whether a description says no more than one before: "the official" after "a senior Ukrainian official"."""
    described = {token.lower_ for token in tokens if token.is_alpha and token.pos_ not in ("DET", "PRON")}
    return described <= set(name.casefold().split())


def _unnamed(tokens: Tokens, top: Token, reading: Reading, register: Register, memory: Memory) -> Who:
    if top.pos_ not in ("NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM") or not any(token.is_alpha for token in tokens):
        return Who(None, reason("source is no noun phrase", 0.0, tokens.text))
    if _is_a_name(tokens, top):
        # A name that neither the lists nor the model tell: "Politifact found". People are found by their given names.
        body = reading.body_called(bare_body(name_of_phrase(tokens)))
        return Who(
            register.body(body, bare_body(name_of_phrase(tokens))), reason("name of unknown kind", 0.5, tokens.text)
        )
    if tokens[0].lower_ in ("no", "any", "neither", "none", "nobody"):
        return Who(None, reason("nobody described", 0.0, tokens.text))  # "no official confirmed"
    if not can_speak(top) and not any(can_speak(one) for one in _counted_by(top)):
        return Who(None, reason("source is neither person nor body", 0.0, tokens.text))
    before = _so_called_before(tokens, top, register, memory) if is_definite(tokens) and not is_plural(top) else None
    if before is not None:
        return before
    phrase = whole(tokens)
    if phrase[0].lower_ in _FIRST_PERSON and len(phrase) == 1:
        return Who(None, reason(PRONOUN_UNRESOLVED, 0.0, phrase.text))
    key = register.unnamed(name_of_phrase(phrase), affiliations(phrase, reading, register))
    memory.described.unnamed[fold_noun(top)] = key
    return Who(key, reason("unnamed source", detail=name_of_phrase(phrase)))


def _counted_by(top: Token) -> Iterator[Token]:
    """Who a share or number is of: "55 percent of all voters"."""
    for child in top.children:
        if child.lower_ == "of":
            yield from (noun for noun in child.children if noun.dep_ == "pobj")


def _is_a_name(tokens: Tokens, top: Token) -> bool:
    """Whether the phrase is capitals throughout and no known noun."""
    if top.tag_ != "NNP" or top.ent_type_ in ("NORP", "LOC", "DATE", "EVENT") or fold_noun(top) in known_nouns():
        return False
    spoken = [token for token in tokens if token.pos_ != "DET" and token.is_alpha]
    return (
        bool(spoken)
        and all(token.text[:1].isupper() for token in spoken)
        and top.lower_ not in ("west", "east", "north", "south")
    )


def affiliations(phrase: Tokens, reading: Reading, register: Register) -> list[str]:
    """Keys of the bodies and countries in the phrase: "UK officials", "a spokesman for the ministry"."""
    found: list[str] = []
    doc: Doc = phrase.doc
    for token in phrase:
        at = reading.name_at.get(token.i)
        if at is not None:
            one = reading.names[at]
            by_outlet = one.kind.is_outlet and "by" in (word.lower_ for word in doc[max(0, one.start - 2) : one.start])
            if one.kind not in (Kind.PERSON, Kind.PLATFORM) and token.i == one.start and not by_outlet:
                found.append(register.body(reading.body(at), one.name))
        elif (country := adjectives().get(token.text) or reading.countries.get(token.text)) is not None:
            found.append(register.body(country_body(country)))
        elif token.dep_ in ("pobj", "poss") and fold_noun(token) in body_nouns() and token.i != head(phrase).i:
            words = doc[token.left_edge.i : token.i + 1]  # "a spokeswoman for the hospital"
            body = described_body(words, token, reading, register) if words.start >= phrase.start else None
            if body is not None and body.party is not None:
                found.append(body.party)
        elif fold_noun(token) in ("ministry", "department") and token.dep_ in ("compound", "pobj", "poss", "nmod"):
            country = country_in(phrase, reading)
            words = doc[token.left_edge.i : token.i + 1]
            plain = bare_body(
                " ".join(
                    word.text
                    for word in words
                    if reading.country_of(word.text) is None and word.text not in _POSSESSIVE
                )
            )
            if country and len(plain.split()) > 1:
                found.append(
                    register.body(
                        Body(reading.body_called(plain, country=country).key, bare_body(words.text)),
                        bare_body(words.text),
                    )
                )
    return list(dict.fromkeys(found))
