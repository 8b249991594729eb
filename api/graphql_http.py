"""GraphQL over HTTP: one operation in, its answer out as the media type and with the status that the draft asks for.

Source: GraphQL over HTTP, draft of the GraphQL Foundation; checked against the audits of npm's graphql-http.
"""

from typing import Any

import orjson
from graphql import GraphQLError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from strawberry.http import process_result
from strawberry.schema import BaseSchema
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType

from api.deadline import within
from api.negotiate import preferred
from api.request import Operation, operation_of
from api.settings import ApiSettings

JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"
MEDIA_TYPES = (JSON, GRAPHQL_JSON)
"""What answers are written as. JSON first: a client that does not care reads errors of status 200 without ado."""

_ALLOWED = {
    "GET": {OperationType.QUERY},
    "HEAD": {OperationType.QUERY},
    "POST": {OperationType.QUERY, OperationType.MUTATION},
}
_STATUS = {"TIMEOUT": 503, "INTERNAL_SERVER_ERROR": 500}
"""The status of a request error by its extensions.code, where it is not the client's (400)."""


async def answer(request: Request, graphql_schema: BaseSchema, context: Any, settings: ApiSettings) -> Response:
    """The answer to a GraphQL request, errors of the operation included.

    Raises HTTPException when no operation can be read from the request, or the method does not fit it.
    """
    media_type = preferred(_accepted(request), MEDIA_TYPES)
    if media_type is None:
        raise HTTPException(406, f"Accept asks for none of {', '.join(MEDIA_TYPES)}")
    operation = await operation_of(request, settings)
    result = await _executed(operation, request.method, graphql_schema, context, settings.operation_timeout_s)
    return _response(result, media_type)


def _accepted(request: Request) -> str:
    return ",".join(request.headers.getlist("accept"))


async def _executed(
    operation: Operation, method: str, graphql_schema: BaseSchema, context: Any, timeout_s: float
) -> ExecutionResult:
    try:
        return await within(
            timeout_s,
            graphql_schema.execute(
                operation.query,
                variable_values=operation.variables,
                context_value=context,
                operation_name=operation.name,
                allowed_operation_types=_ALLOWED[method],
            ),
        )
    except TimeoutError:
        message = f"the operation took longer than {timeout_s:g} seconds; ask for fewer rows or fewer levels at a time"
        return PreExecutionError(data=None, errors=[GraphQLError(message, extensions={"code": "TIMEOUT"})])
    except CannotGetOperationTypeError as error:
        raise HTTPException(400, error.as_http_error_reason()) from error
    except InvalidOperationTypeError as error:
        kind = error.operation_type.value
        if method != "POST" and kind == "mutation":
            raise HTTPException(405, f"a mutation is not taken by {method}; send a POST", {"Allow": "POST"}) from error
        raise HTTPException(400, f"a {kind} is not taken over {method}") from error


def _response(result: ExecutionResult, media_type: str) -> Response:
    body: dict[str, Any] = dict(process_result(result))
    status = 200
    if _is_request_error(result):
        del body["data"]
        if media_type == GRAPHQL_JSON:
            codes = {(error.extensions or {}).get("code") for error in result.errors or ()}
            status = max((_STATUS[code] for code in codes if code in _STATUS), default=400)
    return Response(orjson.dumps(body), status_code=status, media_type=media_type)


def _is_request_error(result: ExecutionResult) -> bool:
    """Whether nothing was executed: it did not parse, is not valid, or its variables do not fit."""
    if isinstance(result, PreExecutionError):
        return True
    return result.data is None and all(error.path is None for error in result.errors or ())
