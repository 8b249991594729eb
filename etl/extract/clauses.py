"""Contents that hang on a cue word in the sentence's grammar: that-clauses, infinitives, objects, passives, nouns.

One function proposes for one kind of complement. Nothing is judged here: how far a cue can be trusted with a
construction is a table (cues.py).
"""

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from etl.extract.asides import aside_of, is_whole
from etl.extract.page import Page, Proposal, span_of, subtree, tidy, with_quotes, without
from etl.extract.sources import phrase, subject
from etl.records import Span

Weigh = Callable[[str, str], float]
"""(construction, lemma) -> how often it is an attribution, 0 where it is not worth building."""

WH = frozenset({"how", "what", "why", "who", "where", "when", "which", "whom", "whose"})
AFTERTHOUGHTS = frozenset({"though", "although", "while", "whereas"})
SURE = 0.5
AUXILIARY = frozenset({"aux", "auxpass", "neg", "prt"})
PREPOSITIONS = frozenset({"prep", "agent", "dative"})


def clauses(page: Page, weigh: Weigh) -> Iterator[Proposal]:
    """All that the grammar of each sentence offers, in text order of the complements."""
    for token in page.doc:
        dep = token.dep_
        if dep in {"ccomp", "parataxis"}:
            yield from finite(page, token, weigh)
        elif dep in {"xcomp", "advcl"}:
            yield from infinitive(page, token, weigh)
        elif dep in {"dobj", "attr", "oprd"}:
            yield from thing(page, token, weigh)
        elif dep in {"prep", "agent"}:
            yield from prepositional(page, token, weigh)
        elif dep == "acl":
            yield from noun_clause(page, token, weigh)
        elif dep == "nsubjpass":
            yield from passive(page, token, weigh)
        elif dep == "nsubj":
            yield from postposed(page, token, weigh)


def finite(page: Page, token: Token, weigh: Weigh) -> Iterator[Proposal]:
    """She said (that) the vote was lost. / The vote was lost, she said. / She asked whether it was."""
    head = token.head
    if head.pos_ in {"NOUN", "PROPN"}:
        yield from noun_clause(page, token, weigh)
        return
    after = token.i > head.i
    first = token.left_edge.lower_
    tokens = own_level(page, head, token, weigh)
    mark = next((child for child in token.children if child.dep_ == "mark" and child.lower_ == "that"), None)
    if mark is not None and first == "citing":
        # The Westport Times reported, citing an official, that the vote was lost.
        tokens = {i for i in tokens if i >= mark.i}
        first = "that"
    if not after:
        form = "clause before"
    elif first == "that" and token.left_edge.tag_ != "DT":
        form = "that"
    elif first in {"if", "whether"}:
        form = "whether"
    elif first in WH:
        form = "wh"
    else:
        form = "clause"
    cut = aside_of(page, head) if form in {"that", "clause"} else None
    if cut is not None and cut.right <= token.left_edge.i and is_whole(page, cut):
        # The vote was lost, she said, in a sign that nobody had prepared: hangs on the sign
        return
    if form == "clause" and token.left_edge.pos_ == "ADP" and not has_subject(token):
        # The vote was lost, she said on Monday announced (sic): what follows is no clause
        return
    if head.pos_ == "ADJ" or (head.dep_ == "acomp"):
        form = "adj " + form
    score = weigh(form, head.lemma_.lower())
    if score:
        yield from proposal(page, head, tokens, form, score)


def own_level(page: Page, head: Token, clause: Token, weigh: Weigh) -> set[int]:
    """The tokens of a clause less what the parse hangs too deep in it.

    She denies that there are plans but has said that ...: the second verb of saying stands beside the first.
    She said the vote was lost, though she had won before.: the afterthought is the reporter's.
    """
    tokens = set(subtree(clause))
    if clause.i < head.i:
        return tokens
    for child in clause.children:
        if child.i < clause.i:
            continue
        late = child.dep_ == "conj" and is_beside(child, weigh)
        mark = child.left_edge
        after = (
            mark.lower_ in AFTERTHOUGHTS and child.dep_ == "advcl" and mark.i > 0 and page.doc[mark.i - 1].text == ","
        )
        if late or after:
            cut = mark.i if after else first_of_conjunct(child)
            tokens = {i for i in tokens if i < cut}
    return tokens


def is_beside(verb: Token, weigh: Weigh) -> bool:
    """Whether a conjoined verb without subject is itself a verb of saying with a clause of its own."""
    if has_subject(verb) or not any(child.dep_ == "ccomp" for child in verb.children):
        return False
    return weigh("that", verb.lemma_.lower()) >= SURE


def first_of_conjunct(verb: Token) -> int:
    """The token a conjunct begins with, its conjunction included: but has said."""
    start = verb.left_edge.i
    while start > 0 and verb.doc[start - 1].dep_ in {"cc", "punct"}:
        start -= 1
    return start


def postposed(page: Page, token: Token, weigh: Weigh) -> Iterator[Proposal]:
    """The vote was lost, Ms Ortiz explained to reporters. Also where the parse takes the two for equals.

    And: She would not say why, but said a vote was lost. (the parse takes "a vote" for who said it)
    """
    head = token.head
    if head.pos_ != "VERB" or page.quote_at[head.i] >= 0 or head.tag_ not in {"VBD", "VBZ", "VBP"}:
        return
    if token.i > head.i:
        joined = head.dep_ == "conj" and head.i > 0 and page.doc[head.i - 1].dep_ == "cc"
        score = (
            weigh("clause", head.lemma_.lower())
            if joined and any(c.dep_ in {"acl", "relcl"} for c in token.children)
            else 0
        )
        person = subject(head.head) if score else None
        if person is not None and person.i < head.i:
            yield from proposal(page, head, set(subtree(token)), "clause", score, source=phrase(page, person))
        return
    first = token.left_edge.i
    sentence = token.sent
    if first <= sentence.start + 2 or page.doc[first - 1].text != "," or head.i - token.i > 4:
        return
    if head.i + 1 < len(page.doc) and page.doc[head.i + 1].text == ":":
        # Asked about the vote, Ms Ortiz clarified: “We lost.”
        return
    if any(child.dep_ == "ccomp" and child.i > head.i for child in head.children if has_subject(child)):
        return
    score = weigh("sentence before", head.lemma_.lower())
    tokens = set(range(sentence.start, first - 1))
    introduced = page.doc[sentence.start].tag_ == "VBN"  # Faced with a lost vote, Ms Ortiz clarified in the hall: ...
    if score and not introduced and any(page.doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"} for i in tokens):
        # a second sentence in between is not said by the same words
        yield from proposal(page, head, tokens, "sentence before", score, source=phrase(page, token))


def has_subject(verb: Token) -> bool:
    """Whether a verb has a subject of its own."""
    return any(child.dep_ in {"nsubj", "nsubjpass", "expl"} for child in verb.children)


def infinitive(page: Page, token: Token, weigh: Weigh) -> Iterator[Proposal]:
    """She vowed to appeal. / She is determined to appeal. / She called the vote lost."""
    head = token.head
    to = any(child.dep_ == "aux" and child.tag_ == "TO" for child in token.children)
    if token.dep_ == "advcl":
        return
    if head.pos_ in {"NOUN", "PROPN"}:
        yield from noun_clause(page, token, weigh)
        return
    if token.i < head.i:
        return
    passive_head = any(child.dep_ == "auxpass" for child in head.children)
    form = ("to" if to else "ing" if token.tag_ == "VBG" else "small clause") + (" passive" if passive_head else "")
    if head.pos_ == "ADJ":
        form = "adj " + form
    score = weigh(form, head.lemma_.lower())
    if not score:
        return
    tokens = set(subtree(token))
    own = [child for child in token.children if child.dep_ in {"nsubj", "nsubjpass"}]
    if passive_head and not any(child.dep_ == "agent" for child in head.children):
        # Rates are expected to rise: nobody is named, and rates belong to what is expected
        for child in head.children:
            if child.dep_ == "nsubjpass":
                tokens |= set(subtree(child))
        yield from proposal(page, head, tokens, form, score, source=())
    elif own or form != "small clause":
        for child in head.children:
            # She asked them to leave: them is part of what was asked
            if child.dep_ == "dobj" and child.i < token.i and not own:
                tokens |= set(subtree(child))
        yield from proposal(page, head, tokens, form, score)


def thing(page: Page, token: Token, weigh: Weigh) -> Iterator[Proposal]:
    """She denied the charge. / She called the vote a farce. / She blasted them for losing."""
    head = token.head
    if head.pos_ not in {"VERB", "AUX"} or token.dep_ == "attr":
        return
    if head.tag_ == "VBG" and head.lemma_.lower() == "cite":
        # The Westport Times reported, citing an official, that ...: names who was asked, not what was said
        return
    after = token.i > head.i
    quoted = any(page.quote_at[i] >= 0 for i in subtree(token)) and page.quote_at[head.i] < 0
    form = "object" if after else "object before"
    tokens = set(subtree(token))
    rest = [
        child
        for child in head.rights
        if child.i > token.i and child.dep_ in {"prep", "oprd", "xcomp", "advcl", "dative"}
    ]
    if token.dep_ == "oprd":
        # She called him a friend: the object comes with it
        tokens = {
            i
            for child in head.children
            if child.dep_ in {"dobj", "nsubj", "oprd"} and child.i > head.i
            for i in subtree(child)
        }
        if any(child.dep_ == "nsubjpass" for child in head.children):
            return
        form = "object as"
    elif any(child.dep_ == "oprd" for child in head.children):
        return
    # She rejected the offer, saying that ...: the saying has a content of its own
    rest = [child for child in rest if not (child.dep_ == "advcl" and child.tag_ == "VBG")]
    mark = " quoted" if quoted else ""
    score = weigh(form + mark, head.lemma_.lower())
    if score:
        yield from proposal(page, head, tokens, form + mark, score)
    if rest and after and form == "object":
        with_rest = f"object {rest[0].lower_}" if rest[0].dep_ == "prep" else "object clause"
        score = weigh(with_rest + mark, head.lemma_.lower())
        if score:
            for child in rest[:1]:
                tokens |= set(subtree(child))
            yield from proposal(page, head, tokens, with_rest + mark, score)


def prepositional(page: Page, token: Token, weigh: Weigh) -> Iterator[Proposal]:
    """She called for a recount. / Her support for the bill / She spoke of a farce."""
    head = token.head
    inner = next((child for child in token.children if child.dep_ in {"pobj", "pcomp"}), None)
    if inner is None or token.i < head.i:
        return
    if head.pos_ in {"NOUN", "PROPN"}:
        if head.pos_ == "PROPN":
            return
        form = f"noun {token.lower_}"
        score = weigh(form, head.lemma_.lower())
        if score:
            source = noun_source(page, head)
            yield from proposal(page, head, set(subtree(inner)), form, score, source=source, cue=[head.i, token.i])
        return
    if head.pos_ not in {"VERB", "AUX", "ADJ"}:
        return
    if any(child.dep_ == "dobj" for child in head.children):
        return
    passive_head = any(child.dep_ == "auxpass" for child in head.children)
    form = ("adj " if head.pos_ == "ADJ" else "") + token.lower_ + (" passive" if passive_head else "")
    if token.dep_ == "agent":
        return
    score = weigh(form, head.lemma_.lower())
    if score and not passive_head:
        yield from proposal(page, head, set(subtree(inner)), form, score, cue=[*verb_group(head), token.i])


def passive(page: Page, token: Token, weigh: Weigh) -> Iterator[Proposal]:
    """The vote was called a farce by Ortiz. / Ortiz was accused of fraud."""
    head = token.head
    agent = next((child for child in head.children if child.dep_ == "agent"), None)
    rest = [child for child in head.rights if child.dep_ in {"prep", "oprd", "ccomp", "advcl"} and child != agent]
    who: tuple[Span, ...] = ()
    form = "passive"
    if agent is not None:
        person = next((child for child in agent.children if child.dep_ == "pobj"), None)
        if person is None:
            return
        who = phrase(page, person)
        form = "passive by"
    elif rest:
        form = f"passive {rest[0].lower_ if rest[0].dep_ == 'prep' else rest[0].dep_}"
    score = weigh(form, head.lemma_.lower())
    if score:
        tokens = set(subtree(token))
        for child in rest:
            tokens |= set(subtree(child))
        if agent is not None:
            tokens -= set(subtree(agent))
        yield from proposal(page, head, tokens, form, score, source=who)


def noun_clause(page: Page, token: Token, weigh: Weigh) -> Iterator[Proposal]:
    """Ortiz's claim that the vote was lost. / a promise to resign"""
    noun = token.head
    if noun.pos_ != "NOUN" or token.i < noun.i:
        return
    first = token.left_edge.lower_
    form = "noun that" if first == "that" else "noun to" if first == "to" else "noun clause"
    score = weigh(form, noun.lemma_.lower())
    if score:
        yield from proposal(page, noun, set(subtree(token)), form, score, source=noun_source(page, noun), cue=[noun.i])


def noun_source(page: Page, noun: Token) -> tuple[Span, ...]:
    """Whose noun it is: Ortiz's claim, the claim by Ortiz, Ortiz made the claim; () where nobody's."""
    for child in noun.children:
        if child.dep_ == "poss":
            tokens = [i for i in subtree(child) if page.doc[i].tag_ != "POS"]
            return span_of(page, tokens)[:1]
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"by", "from", "among", "of"}:
            person = next((inner for inner in child.children if inner.dep_ == "pobj"), None)
            if person is not None and (child.lower_ != "of" or person.ent_type_ in {"PERSON", "ORG", "GPE", "NORP"}):
                return phrase(page, person)
    verb = noun.head
    if noun.dep_ in {"dobj", "attr", "pobj"}:
        if verb.pos_ == "ADP":
            verb = verb.head
        if verb.pos_ in {"VERB", "AUX"}:
            person = subject(verb)
            if person is not None and person != noun:
                return phrase(page, person)
    return ()


def verb_group(verb: Token) -> list[int]:
    """The tokens of a cue: the verb with its auxiliaries, negation and particle."""
    return [child.i for child in verb.children if child.dep_ in AUXILIARY and abs(child.i - verb.i) <= 4] + [verb.i]


def proposal(
    page: Page,
    head: Token,
    tokens: set[int],
    rule: str,
    score: float,
    *,
    source: tuple[Span, ...] | None = None,
    cue: list[int] | None = None,
) -> Iterator[Proposal]:
    """The proposal of these content tokens under a cue; none where nothing is left of it."""
    cues = cue or verb_group(head)
    bar = frozenset(tokens)
    if source is None:
        verb = head.head if head.pos_ == "ADJ" and head.head.pos_ in {"AUX", "VERB"} else head
        person = subject(verb)
        if verb.dep_ == "conj" and verb.head.dep_ == "ccomp" and not has_subject(verb) and rule in {"that", "clause"}:
            # She denies that there are plans but has said that ...: she is the subject of both
            person = subject(verb.head.head) or person
        if person is None and rule == "clause before" and head.i + 1 < len(page.doc):
            # The vote was lost, reports the agency Westwire.
            person = next((child for child in head.rights if child.dep_ in {"dobj", "attr", "oprd", "npadvmod"}), None)
        if person is not None and person.i in bar:
            # the subject inside the content is no source
            person = None
        source = phrase(page, person, bar=bar | frozenset(cues)) if person is not None else ()
    cue_spans = span_of(page, cues)
    spans = list(span_of(page, {i for i in tokens if i not in cues and not page.doc[i].is_space}))
    if not spans or not cue_spans:
        return
    spans = with_quotes(page, spans, head.i)
    spans = without(spans, [*source, *cue_spans])
    content = tidy(page.text, spans)
    if content:
        yield Proposal(content, source, cue_spans, rule, head.lemma_.lower(), head.i, score)
