"""The questions by which errors are sorted into kinds: of the words, of the neighbours in the article, of borders."""

from collections.abc import Callable, Sequence

from etl.evaluate import wording
from etl.evaluate.attributions import Tokens
from etl.evaluate.corpus import Marked
from etl.evaluate.wrong import Side, Wrong
from etl.stems import function_words, words

Question = Callable[[Wrong], bool]

_SHORT = 3
"""Words of a content that is easily overlooked, at most."""

_SCARE = 6
"""Words in marks that are a term rather than a remark, at most."""


# --- What is asked of one side ---


def asked(question: Callable[[str, Marked], bool]) -> Question:
    """A question about the words of an attribution, asked of the marked one where there is one."""
    return lambda one: question(one.text, one.side.marked)


def both(*questions: Question) -> Question:
    """Whether each of them is answered yes."""
    return lambda one: all(question(one) for question in questions)


def is_quoted(one: Wrong) -> bool:
    return one.side.said.is_quoted


def is_short(one: Wrong) -> bool:
    return len(one.side.content) <= _SHORT


def has_no_cue(one: Wrong) -> bool:
    return not one.side.marked.cue


def has_no_source(one: Wrong) -> bool:
    return not one.side.source


def is_paper(one: Wrong) -> bool:
    """the poll found, the law says"""
    return not wording.set_of("papers").isdisjoint(wording.said(one.text, one.side.marked.source).split()[-1:])


def is_swapped(one: Wrong) -> bool:
    """The gold has "said" as the source, or "Ortiz" as the cue."""
    marked = one.side.marked
    return one.gold is not None and (
        wording.is_cue_only(one.text, marked.source) or wording.is_name_like(one.text, marked.cue)
    )


def is_scare_quote(one: Wrong) -> bool:
    return len(one.side.content) <= _SCARE and wording.is_in_marks(one.text, one.side.marked)


def is_reporters_own(one: Wrong) -> bool:
    """it seems that, there are fears that, I believe"""
    source = wording.said(one.text, one.side.marked.source).split()
    return bool(source) and source[0] in wording.set_of("reporter's own")


# --- What is asked of an error among the others of its article ---


def _others(one: Wrong) -> Sequence[Side]:
    """What was found, for something missed; what is marked, for something found in vain."""
    return one.judged.found if one.gold else one.judged.gold


def _most(part: Tokens, whole: Tokens) -> bool:
    return 2 * len(part & whole) > len(part)


def is_nested(one: Wrong) -> bool:
    """Content and cue lie in a content of the other side."""
    side = one.side
    return any(side.cue and side.cue <= other.content and _most(side.content, other.content) for other in _others(one))


def is_swallowed(one: Wrong) -> bool:
    """Most of the content lies in a content of the other side."""
    return any(_most(one.side.content, other.content) for other in _others(one))


def is_cut_into(one: Wrong) -> bool:
    """Some of the content lies in a content of the other side."""
    return any(one.side.content & other.content for other in _others(one))


def shares_a_cue(one: Wrong) -> bool:
    """An attribution of the other side, right or not, has the same cue."""
    return any(one.side.cue & other.cue for other in _others(one))


# --- What is asked of a wrong source, and of a content with wrong borders ---


def _two(one: Wrong) -> tuple[Side, Side]:
    if one.gold is None or one.found is None:
        raise ValueError("the error has one side only")
    return one.gold, one.found


def _source_words(one: Wrong) -> tuple[str, str]:
    gold, found = _two(one)
    return wording.said(one.text, gold.marked.source), wording.said(one.text, found.marked.source)


def is_source_added(one: Wrong) -> bool:
    return not _two(one)[0].source


def is_source_missing(one: Wrong) -> bool:
    return not _two(one)[1].source


def is_relative(one: Wrong) -> bool:
    return any(source in wording.set_of("relative") for source in _source_words(one))


def is_in_content(one: Wrong) -> bool:
    gold, found = _two(one)
    return bool(found.source & gold.content)


def is_receiver(one: Wrong) -> bool:
    """told | reporters"""
    gold, found = _two(one)
    return bool(found.cue) and min(found.source) == max(found.cue) + 1 and max(gold.source) < min(found.cue)


def is_neighbours(one: Wrong) -> bool:
    """The found source is marked as the source of another content."""
    gold, found = _two(one)
    return any(found.source & other.source for other in one.judged.gold if other is not gold)


def is_part(one: Wrong) -> bool:
    gold, found = _two(one)
    return bool(gold.source & found.source)


def is_same_words(one: Wrong) -> bool:
    a, b = ({*words(source)} for source in _source_words(one))
    return bool(a & b - function_words())


def is_pronoun_for_name(one: Wrong) -> bool:
    return len({source in wording.set_of("personal") for source in _source_words(one)}) == 2


def is_far(one: Wrong) -> bool:
    """The marked source stands in another paragraph than the found one."""
    spans = [span for side in _two(one) for span in side.marked.source]
    return "\n" in one.text[min(span.end for span in spans) : max(span.start for span in spans)]


def has_another_cue(one: Wrong) -> bool:
    gold, found = _two(one)
    return bool(gold.cue) and not gold.cue & found.cue


def is_nearer(one: Wrong) -> bool:
    gold, found = _two(one)
    near, far = (min(abs(word - at) for word in side.source for at in gold.content) for side in (found, gold))
    return near < far


def is_elsewhere(one: Wrong) -> bool:
    gold, found = _two(one)
    return not gold.content & found.content


def is_inner(one: Wrong) -> bool:
    gold, found = _two(one)
    return bool(found.cue) and found.cue <= gold.content


def is_outer(one: Wrong) -> bool:
    gold, found = _two(one)
    return bool(gold.cue) and gold.cue <= found.content


def is_merged(one: Wrong) -> bool:
    gold, found = _two(one)
    return any(_most(other.content, found.content) for other in one.judged.gold if other is not gold)


def is_split(one: Wrong) -> bool:
    gold, found = _two(one)
    return any(_most(other.content, gold.content) for other in one.judged.found if other is not found)


def is_piece_lost(one: Wrong) -> bool:
    """“The vote,” she said, “was lost.” with one half only"""
    gold, found = _two(one)
    kept = [any(span.touches(other) for other in found.marked.content) for span in gold.marked.content]
    return len(kept) > 1 and not all(kept)


def has_borders(left: int, right: int) -> Question:
    """Whether the found content begins before (-1), with (0) or after (1) the marked one, and likewise ends."""

    def fits(one: Wrong) -> bool:
        gold, found = _two(one)
        begins, ends = (pick(found.content) - pick(gold.content) for pick in (min, max))
        return (_sign(begins), _sign(ends)) == (left, right)

    return fits


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def anything(one: Wrong) -> bool:
    return True
