"""What the attribution model leaves on a doc, and how to read it: doc._.attributions."""

from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc, Span

KEY = "quoth.attributions"


@dataclass(frozen=True, slots=True)
class Found:
    """Who (source), by which word (cue), what (content): token ranges of the doc, half-open, in text order.

    content: one range or several; source: none where nobody is named. confidence: 0..1, how likely what is said and
    who says it are both right. outer: which attribution of the doc has this one in its content, None for most.
    """

    source: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]
    confidence: float
    outer: int | None = None

    def spans(self, doc: Doc) -> dict[str, list[Span]]:
        """The same as spaCy's spans, labelled SOURCE, CUE and CONTENT."""
        roles = {"SOURCE": self.source, "CUE": self.cue, "CONTENT": self.content}
        return {role: [Span(doc, a, b, label=role) for a, b in ranges] for role, ranges in roles.items()}


def attributions(doc: Doc) -> tuple[Found, ...]:
    """The attributions of a doc in text order; empty where the model has not read it.

    Kept as plain lists in doc.user_data, so that docs travel between processes and to disk.
    """
    return tuple(
        Found(_ranges(source), _ranges(cue), _ranges(content), confidence, outer)
        for source, cue, content, confidence, outer in doc.user_data.get(KEY, ())
    )


def is_read(doc: Doc) -> bool:
    """Whether the attribution model has read the doc, whatever it found."""
    return KEY in doc.user_data


def keep(doc: Doc, found: list[Found]) -> None:
    """Leaves the attributions on the doc."""
    doc.user_data[KEY] = [[one.source, one.cue, one.content, one.confidence, one.outer] for one in found]


def _ranges(pairs: Any) -> tuple[tuple[int, int], ...]:
    return tuple((int(start), int(end)) for start, end in pairs)


if not Doc.has_extension("attributions"):
    Doc.set_extension("attributions", getter=attributions)
