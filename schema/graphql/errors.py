"""Errors a client reads, and the one place that decides which of them it may read.

GraphQLError               of graphql-core: a message and extensions.code
├── BadUserInputError      BAD_USER_INPUT: an argument has a value Quoth cannot use
├── OperationTooLargeError OPERATION_TOO_LARGE: the operation asks for more than one operation may
└── SupersededError        SUPERSEDED: an id was merged away; extensions.successor is the one to ask for

graphql-core's own refusals get the codes GRAPHQL_PARSE_FAILED, GRAPHQL_VALIDATION_FAILED and, for variables,
BAD_USER_INPUT; a bug is INTERNAL_SERVER_ERROR.
"""

import logging

import strawberry
from graphql import GraphQLError
from strawberry.types import ExecutionContext

logger = logging.getLogger("quoth.graphql")

LONGEST_SHOWN = 80
"""Characters of a client's value that an error message repeats."""


class BadUserInputError(GraphQLError):
    """An argument has a value Quoth cannot use; place names the argument, why ends with the way out."""

    def __init__(self, place: str, value: object, why: str) -> None:
        super().__init__(f"{place}: {shown(value)} {why}", extensions={"code": "BAD_USER_INPUT"})


class OperationTooLargeError(GraphQLError):
    """The operation asks for more than one operation may."""

    def __init__(self, message: str) -> None:
        super().__init__(message, extensions={"code": "OPERATION_TOO_LARGE"})


class SupersededError(GraphQLError):
    """An id was merged away; successor: the id of whoever it means now."""

    def __init__(self, successor: str) -> None:
        told = f"this id was merged into another one; ask for {successor}"
        super().__init__(told, extensions={"code": "SUPERSEDED", "successor": successor})


def shown(value: object) -> str:
    """A client's value as an error message repeats it: escaped, and cut to a readable length."""
    text = ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def readable(value: str, place: str) -> str:
    """The string itself, when both databases can hold it.

    Raises BadUserInputError for NUL (PostgreSQL has none in text) and for half of a surrogate pair (no UTF-8).
    """
    if "\0" in value:
        raise BadUserInputError(place, value, "holds the character NUL; leave it out")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise BadUserInputError(place, value, "holds half of a surrogate pair; send well-formed Unicode")
    return value


class PublishedSchema(strawberry.Schema):
    """A schema whose bugs are logged in full and told to the client as "Unexpected error" only.

    Strawberry's MaskErrors does not see what is raised before the execution (coercing variables, closing the
    connection); process_errors sees every error of every path, with the very list the client gets.
    """

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        stage = _stage(execution_context)
        errors[:] = [published(error, _too_large(error) or stage) for error in errors]


def published(error: GraphQLError, stage: str = "BAD_USER_INPUT") -> GraphQLError:
    """The error as a client may read it, with a code; a bug is logged. stage: the code of what has none of its own."""
    cause = error.original_error
    if cause is not None and not isinstance(cause, GraphQLError):
        logger.error("a resolver failed at %s", error.path, exc_info=cause)
        code = {"code": "INTERNAL_SERVER_ERROR"}
        return GraphQLError("Unexpected error", nodes=error.nodes, path=error.path, extensions=code)
    # graphql-core repeats a client's half of a surrogate pair, which no answer in UTF-8 can hold.
    error.message = error.message.encode("utf-8", "backslashreplace").decode()
    if not (error.extensions or {}).get("code"):
        error.extensions = {**(error.extensions or {}), "code": stage}
    return error


def _too_large(error: GraphQLError) -> str | None:
    """graphql-core stops reading a document at its limits of tokens and nesting, and says so in words only."""
    return "OPERATION_TOO_LARGE" if error.message.endswith("Parsing aborted.") else None


def _stage(context: ExecutionContext | None) -> str:
    """How far the operation came: what graphql-core refuses while executing is a variable of the wrong form."""
    if context is None or context.result is not None:
        return "BAD_USER_INPUT"
    return "GRAPHQL_PARSE_FAILED" if context.graphql_document is None else "GRAPHQL_VALIDATION_FAILED"
