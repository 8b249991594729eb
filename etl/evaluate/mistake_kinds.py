"""The kinds of error: a table of questions, the first that is answered yes decides.

The questions see characters, not grammar: a kind says where to look, the sentence says why.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from etl.evaluate import mistake_questions as questions
from etl.evaluate import wording
from etl.evaluate.mistake_questions import Question, asked, both
from etl.evaluate.wrong import Fault, Wrong


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of error: name begins with what is wrong; question is what the error has in common, for a reader."""

    fault: Fault
    name: str
    question: str
    fits: Question


def kind_of(one: Wrong) -> Kind:
    """The first kind of the table that fits."""
    return next(kind for kind in KINDS if kind.fault is one.fault and kind.fits(one))


_source = partial(Kind, Fault.SOURCE)
_content = partial(Kind, Fault.CONTENT)
_missed = partial(Kind, Fault.MISSED)
_vain = partial(Kind, Fault.IN_VAIN)

KINDS: Sequence[Kind] = (
    _source("source added", "is there none in the gold?", questions.is_source_added),
    _source("source missing", "is there one in the gold and none found?", questions.is_source_missing),
    _source("swapped in the gold", "is the gold's source a verb, or its cue a name (noise)?", questions.is_swapped),
    _source("who, that", "is either one a relative pronoun?", questions.is_relative),
    _source("subject inside the content", "does the found source lie in the content?", questions.is_in_content),
    _source("receiver", "does it follow its cue (told reporters), the gold's not?", questions.is_receiver),
    _source("part of it", "do they share words, too few to agree?", questions.is_part),
    _source("another mention", "is it the same name at another place?", questions.is_same_words),
    _source("pronoun for a name", "is one a pronoun and the other not?", questions.is_pronoun_for_name),
    _source("neighbour's", "is it the source of another content?", questions.is_neighbours),
    _source("another paragraph", "is there a line break between the two?", questions.is_far),
    _source("another cue", "has the found one another cue than the gold?", questions.has_another_cue),
    _source("nearer one", "is the found source nearer to the content than the gold's?", questions.is_nearer),
    _source("other", "anything else", questions.anything),
    _content("cue with other words", "is the cue found, with a content that shares no word?", questions.is_elsewhere),
    _content("inner one", "is the found cue inside the gold's content?", questions.is_inner),
    _content("outer one", "is the gold's cue inside the found content?", questions.is_outer),
    _content("merged", "has the found content most of another gold content in it?", questions.is_merged),
    _content("split", "has the gold content most of another found content in it?", questions.is_split),
    _content("piece lost", "is a piece of a discontinuous content missing?", questions.is_piece_lost),
    _content("overruns right", "does it begin alike and end later?", questions.has_borders(0, 1)),
    _content("stops short right", "does it begin alike and end earlier?", questions.has_borders(0, -1)),
    _content("starts early", "does it begin earlier and end alike?", questions.has_borders(-1, 0)),
    _content("starts late", "does it begin later and end alike?", questions.has_borders(1, 0)),
    _content("overruns both sides", "does it begin earlier and end later?", questions.has_borders(-1, 1)),
    _content("stops short on both sides", "does it begin later and end earlier?", questions.has_borders(1, -1)),
    _content("shifted", "does it begin and end earlier, or both later?", questions.anything),
    _missed("headline", "does it stand in the headline?", asked(wording.is_in_headline)),
    _missed("swapped in the gold", "is the gold's source a verb, or its cue a name (noise)?", questions.is_swapped),
    _missed("nested", "do content and cue lie in a found content?", questions.is_nested),
    _missed("swallowed", "does most of it lie in a longer found content?", questions.is_swallowed),
    _missed("cut into", "does some of it lie in another's found content?", questions.is_cut_into),
    _missed("second content of a cue", "was the cue found with another content?", questions.shares_a_cue),
    _missed("without a cue", "does the gold mark no cue?", questions.has_no_cue),
    _missed("colon or dash", "is the cue a punctuation mark?", asked(wording.is_punctuation)),
    _missed("according to", "is the cue according to, or its like?", asked(wording.is_according)),
    _missed("citing", "does the cue take up somebody's words (citing)?", asked(wording.is_citing)),
    _missed("question", "does the cue ask?", asked(wording.asks)),
    _missed("refusal", "is the cue a refusal or negated?", asked(wording.is_refusal)),
    _missed("passive", "is the cue passive (was accused of)?", asked(wording.is_passive)),
    _missed("noun cue", "is the cue a noun (the claim that)?", asked(wording.is_noun)),
    _missed("wants", "is the cue a wish or plan?", asked(wording.is_wanting)),
    _missed("believes", "is the cue a belief?", asked(wording.is_believing)),
    _missed("feels", "is the cue any other attitude?", asked(wording.is_attitude)),
    _missed("judges", "does the cue judge (called, accused, praised)?", asked(wording.is_judging)),
    _missed(
        "quoted, verb of saying",
        "is it quoted, its cue a verb of saying?",
        both(questions.is_quoted, asked(wording.is_speech)),
    ),
    _missed("indirect, verb of saying", "is its cue a verb of saying?", asked(wording.is_speech)),
    _missed("quoted, rare cue", "is it quoted?", questions.is_quoted),
    _missed("at most three words", "is it at most three words?", questions.is_short),
    _missed("without a source", "does the gold have no source?", questions.has_no_source),
    _missed("paper", "is the source a report, a poll or a law?", questions.is_paper),
    _missed("clause, rare cue", "does it begin with that, whether, how?", asked(wording.is_clause)),
    _missed("infinitive, rare cue", "is it an infinitive (vowed to)?", asked(wording.is_infinitive)),
    _missed("topic, rare cue", "does it follow a preposition (spoke about)?", asked(wording.is_topic)),
    _missed("object, rare cue", "is it an object (unveiled the plan)?", asked(wording.is_object)),
    _missed("other", "anything else", questions.anything),
    _vain("nested", "do content and cue lie in a gold content, which does not nest?", questions.is_nested),
    _vain("split", "does most of it lie in a gold content?", questions.is_swallowed),
    _vain("cut into", "does some of it lie in another's gold content?", questions.is_cut_into),
    _vain("second content of a cue", "does the gold have the cue with another content?", questions.shares_a_cue),
    _vain("headline", "does it stand in the headline?", asked(wording.is_in_headline)),
    _vain("scare quotes", "is it a phrase in marks?", questions.is_scare_quote),
    _vain("without a cue", "has it no cue?", questions.has_no_cue),
    _vain("reporter's own", "is the source it, there, I, we or the like?", questions.is_reporters_own),
    _vain("without a source", "is nobody found who says it?", questions.has_no_source),
    _vain("according to", "is the cue according to, or its like?", asked(wording.is_according)),
    _vain("question", "does the cue ask?", asked(wording.asks)),
    _vain("refusal", "is the cue a refusal or negated?", asked(wording.is_refusal)),
    _vain("passive", "is the cue passive (was accused of)?", asked(wording.is_passive)),
    _vain("noun cue", "is the cue a noun (the claim that)?", asked(wording.is_noun)),
    _vain("wants", "is the cue a wish or plan?", asked(wording.is_wanting)),
    _vain("believes", "is the cue a belief?", asked(wording.is_believing)),
    _vain("feels", "is the cue any other attitude?", asked(wording.is_attitude)),
    _vain("judges", "does the cue judge (called, accused, praised)?", asked(wording.is_judging)),
    _vain(
        "quoted, verb of saying",
        "is it quoted, its cue a verb of saying?",
        both(questions.is_quoted, asked(wording.is_speech)),
    ),
    _vain("indirect, verb of saying", "is its cue a verb of saying?", asked(wording.is_speech)),
    _vain("paper", "is the source a report, a poll or a law?", questions.is_paper),
    _vain("quoted, rare cue", "is it quoted?", questions.is_quoted),
    _vain("at most three words", "is it at most three words?", questions.is_short),
    _vain("clause, rare cue", "does it begin with that, whether, how?", asked(wording.is_clause)),
    _vain("infinitive, rare cue", "is it an infinitive (looks to win)?", asked(wording.is_infinitive)),
    _vain("topic, rare cue", "does it follow a preposition (panics at)?", asked(wording.is_topic)),
    _vain("object, rare cue", "is it an object (sketched a plan)?", asked(wording.is_object)),
    _vain("other", "anything else", questions.anything),
)
"""Every kind, in the order in which they are asked; the last of each fault takes what is left."""
