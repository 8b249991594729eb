"""The closed sets as published: those of schema.enums with a description of each value, and those of the API alone.

schema.graphql imports all of them from here: a set that strawberry sees first elsewhere is published undescribed.
"""

from enum import StrEnum
from typing import TypeVar

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

from schema.enums import (
    Act,
    AttributionBasis,
    DateBasis,
    ReportingRole,
    SpanRole,
    SpeakerType,
    Stage,
    StatementKind,
)

__all__ = [
    "Act",
    "ArticleOrderField",
    "AttributionBasis",
    "DateBasis",
    "EventOrderField",
    "OffsetUnit",
    "OrderDirection",
    "ReportOrderField",
    "ReportingRole",
    "SpanRole",
    "SpeakerType",
    "Stage",
    "StatementGroup",
    "StatementKind",
    "StatementOrderField",
]

E = TypeVar("E", bound=type[StrEnum])


def _publish(values: E, description: str, **told: str) -> E:
    strawberry.enum(values, description=description)
    definition: StrawberryEnumDefinition = values.__strawberry_definition__  # type: ignore[attr-defined]
    for value in definition.values:
        value.description = told[value.name]
    return values


class OffsetUnit(StrEnum):
    CODE_POINT = "CODE_POINT"
    UTF16 = "UTF16"


class OrderDirection(StrEnum):
    ASC = "ASC"
    DESC = "DESC"


class StatementOrderField(StrEnum):
    SAID_ON = "SAID_ON"
    FIRST_REPORTED_ON = "FIRST_REPORTED_ON"
    SOURCE_COUNT = "SOURCE_COUNT"
    RELEVANCE = "RELEVANCE"


class ReportOrderField(StrEnum):
    REPORTED_ON = "REPORTED_ON"
    CONFIDENCE = "CONFIDENCE"


class ArticleOrderField(StrEnum):
    PUBLISHED_ON = "PUBLISHED_ON"
    RELEVANCE = "RELEVANCE"


class EventOrderField(StrEnum):
    DATE = "DATE"
    STATEMENT_COUNT = "STATEMENT_COUNT"
    RELEVANCE = "RELEVANCE"


class StatementGroup(StrEnum):
    SPEAKER = "SPEAKER"
    SPEAKER_TYPE = "SPEAKER_TYPE"
    SOURCE = "SOURCE"
    RELAYER = "RELAYER"
    EVENT = "EVENT"
    SAID_DAY = "SAID_DAY"
    REPORTED_DAY = "REPORTED_DAY"
    KIND = "KIND"
    METHOD = "METHOD"


_publish(
    SpeakerType,
    "What kind of party speaks.",
    PERSON="A named human being.",
    ORGANIZATION="A body: a government, a ministry, a company, a news agency.",
    UNNAMED_SOURCE="Somebody whom the article describes and does not name.",
)
_publish(
    StatementKind,
    "How much of the words stands within quotation marks.",
    DIRECT="All of it.",
    INDIRECT="None of it.",
    MIXED="Part of it.",
)
_publish(
    Act,
    "What the speaker did.",
    SPEECH="Uttered or written: say, tell, tweet, deny, announce, demand.",
    ATTITUDE="A belief, wish or intention ascribed to somebody: thinks, wants, fears.",
)
_publish(
    AttributionBasis,
    "What the attribution rests on.",
    EXPLICIT="The sentence attributes it.",
    IMPLIED="Its neighbours do.",
)
_publish(
    SpanRole,
    "What a span of a report covers.",
    CONTENT="What was said.",
    CUE="The reporting words.",
    SPEAKER="The name or description of the speaker.",
)
_publish(
    ReportingRole,
    "What a link of the chain did with the words.",
    SPEAKER="Said them.",
    RELAYER="Passed them on: an agency, another paper, a spokesman.",
    PUBLISHER="Printed them.",
)
_publish(
    DateBasis,
    "What the date of a saying rests on.",
    STATED="An expression dates this very saying.",
    SAME_OCCASION="Another report dates the occasion that this one shares.",
)
_publish(
    Stage,
    "The stage of the ETL that made a judgement.",
    EXTRACT="What was found in the sentence.",
    RESOLVE="Who is meant.",
    MERGE="Which reports are one statement.",
    GROUP="Which articles are about one event.",
    DATE="When it was said.",
    CURATION="What a person decided.",
)
_publish(
    OffsetUnit,
    "What offsets count.",
    CODE_POINT="Unicode code points.",
    UTF16="UTF-16 units, as JavaScript counts.",
)
_publish(
    OrderDirection,
    "Which end of an order comes first; what has no value comes last in both.",
    ASC="Smallest or earliest first.",
    DESC="Largest or latest first.",
)
_publish(
    StatementOrderField,
    "What statements are ordered by.",
    SAID_ON="When it was said.",
    FIRST_REPORTED_ON="When it was first reported.",
    SOURCE_COUNT="How many independent sources carried it.",
    RELEVANCE="How many of its reports hold where.text; needs where.text.",
)
_publish(
    ReportOrderField,
    "What reports are ordered by.",
    REPORTED_ON="When the article was published.",
    CONFIDENCE="How sure the attribution is.",
)
_publish(
    ArticleOrderField,
    "What articles are ordered by.",
    PUBLISHED_ON="When it was published.",
    RELEVANCE="Articles whose headline holds where.text before those whose text does; needs where.text.",
)
_publish(
    EventOrderField,
    "What events are ordered by.",
    DATE="When it happened.",
    STATEMENT_COUNT="How many statements it has.",
    RELEVANCE="How many of its articles hold where.text in their headline; needs where.text.",
)
_publish(
    StatementGroup,
    "What statements are counted by.",
    SPEAKER="Who said it.",
    SPEAKER_TYPE="What kind of party said it.",
    SOURCE="Which outlets carried it; a statement counts once for each.",
    RELAYER="Who passed it on; a statement counts once for each.",
    EVENT="What it belongs to.",
    SAID_DAY="The day it was said, or the wider date where no day is known.",
    REPORTED_DAY="The days it was reported, or wider dates where no day is known; a statement counts once for each.",
    KIND="How much of it stands within quotation marks.",
    METHOD="What extracted its reports; a statement counts once for each.",
)
