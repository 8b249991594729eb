"""The closed sets of the domain. Values are stored and published under these very names."""

from enum import StrEnum


class SpeakerType(StrEnum):
    """What kind of party speaks."""

    PERSON = "PERSON"
    ORGANIZATION = "ORGANIZATION"
    UNNAMED_SOURCE = "UNNAMED_SOURCE"


class StatementKind(StrEnum):
    """DIRECT: all of it within quotation marks; INDIRECT: none of it; MIXED: part of it."""

    DIRECT = "DIRECT"
    INDIRECT = "INDIRECT"
    MIXED = "MIXED"


class Act(StrEnum):
    """SPEECH: uttered or written. ATTITUDE: a belief, wish or intention ascribed to somebody."""

    SPEECH = "SPEECH"
    ATTITUDE = "ATTITUDE"


class AttributionBasis(StrEnum):
    """EXPLICIT: the sentence attributes it. IMPLIED: its neighbours do."""

    EXPLICIT = "EXPLICIT"
    IMPLIED = "IMPLIED"


class SpanRole(StrEnum):
    """What a span of a report covers."""

    CONTENT = "CONTENT"
    CUE = "CUE"
    SPEAKER = "SPEAKER"


class ReportingRole(StrEnum):
    """What a link of the chain did with the words."""

    SPEAKER = "SPEAKER"
    RELAYER = "RELAYER"
    PUBLISHER = "PUBLISHER"


class DateBasis(StrEnum):
    """STATED: an expression dates this very saying. SAME_OCCASION: another report dates the shared occasion."""

    STATED = "STATED"
    SAME_OCCASION = "SAME_OCCASION"


class Stage(StrEnum):
    """The stage of the ETL that made a judgement."""

    EXTRACT = "EXTRACT"
    RESOLVE = "RESOLVE"
    MERGE = "MERGE"
    GROUP = "GROUP"
    DATE = "DATE"
    CURATION = "CURATION"


class RecordForm(StrEnum):
    """What the bytes of a record are: a whole file, an entry of a list in a JSON file, or a line of JSON lines."""

    TEXT_FILE = "TEXT_FILE"
    JSON_FILE = "JSON_FILE"
    JSON_ENTRY = "JSON_ENTRY"
    JSON_LINE = "JSON_LINE"


class DecisionKind(StrEnum):
    """What a person decided."""

    MERGE_SPEAKERS = "MERGE_SPEAKERS"
    SPLIT_SPEAKER = "SPLIT_SPEAKER"
    REATTRIBUTE = "REATTRIBUTE"
    REJECT_REPORT = "REJECT_REPORT"
    SET_SAID_ON = "SET_SAID_ON"
    MERGE_STATEMENTS = "MERGE_STATEMENTS"
    SPLIT_STATEMENT = "SPLIT_STATEMENT"
    MERGE_EVENTS = "MERGE_EVENTS"
    FORGET_ARTICLE = "FORGET_ARTICLE"
    WITHHOLD_TEXT = "WITHHOLD_TEXT"
    ERASE_PERSON = "ERASE_PERSON"
    REVERT = "REVERT"
