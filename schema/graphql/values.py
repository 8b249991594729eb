"""Small types that belong to one object and lead nowhere else: roles, reasons, spans, outcomes."""

import strawberry
from strawberry import Private

from schema import tables
from schema.graphql.arguments import Unit
from schema.graphql.connections import column, field
from schema.graphql.enums import OffsetUnit, SpanRole, Stage
from schema.graphql.scalars import EDTF


@strawberry.type(description="An office or description that reports gave a person.")
class Role:
    title: str = strawberry.field(description="As printed: 'defence secretary'.")
    start: EDTF | None = strawberry.field(description="Since when, if a report says so.")
    end: EDTF | None = strawberry.field(description="Until when, if a report says so.")


@strawberry.type(description="One judgement and what it rests on.")
class Reason:
    row: Private[tables.StatementReason | tables.ReportReason]

    stage: Stage = column("stage", "The stage that judged.")
    rule: str = column("rule", "The rule that fired.")
    score: float | None = column("score", "0 to 1, where the rule has a score.")
    detail: str | None = column("detail", "What it saw.")


@strawberry.type(description="How many records, quotations or mentions of a load ended in one way.")
class OutcomeCount:
    outcome: str = strawberry.field(description="The way they ended.")
    count: int = strawberry.field(description="How many did.")


@strawberry.type(description="A piece of the evidence for a report.")
class ReportSpan:
    row: Private[tables.ReportSpan]

    role: SpanRole = column("role", "What it covers.")
    exact: str = column("exact", "The characters themselves.")

    @field
    def start(self, unit: Unit = OffsetUnit.CODE_POINT) -> int:
        """Where in the article's text it begins."""
        return self.row.start_utf16 if unit is OffsetUnit.UTF16 else self.row.start

    @field
    def end(self, unit: Unit = OffsetUnit.CODE_POINT) -> int:
        """Where in the article's text it ends, exclusive."""
        return self.row.end_utf16 if unit is OffsetUnit.UTF16 else self.row.end
