"""One operation, read from an HTTP request: what it may look like, and what is said when it does not.

Source: GraphQL over HTTP, draft of the GraphQL Foundation; batches are not part of it and not taken.
"""

import asyncio
import re
from dataclasses import dataclass
from typing import Any

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from api.settings import ApiSettings

_CHARSET = re.compile(r"charset\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Operation:
    """What a client asks to execute."""

    query: str
    variables: dict[str, Any] | None = None
    name: str | None = None


async def operation_of(request: Request, settings: ApiSettings) -> Operation:
    """The operation a GET or POST carries.

    Raises HTTPException: 400 no JSON or no operation, 408 too slow, 413 and 414 too large, 415 another type than JSON.
    """
    if request.method != "POST":
        if len(request.url.query) > settings.body_limit_bytes:
            raise HTTPException(414, f"the query string is longer than {settings.body_limit_bytes} bytes; send a POST")
        return _operation(_from_query_string(request))
    _check_type(request.headers.get("content-type", ""))
    return _operation(_parsed(await _body(request, settings), "the body"))


def _from_query_string(request: Request) -> dict[str, Any]:
    given: dict[str, Any] = dict(request.query_params)
    for name in ("variables", "extensions"):
        if name in given:
            given[name] = _parsed(given[name].encode(), f"the parameter {name}") if given[name] else None
    return given


def _check_type(content_type: str) -> None:
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise HTTPException(
            415, f"Content-Type {media_type!r} is not taken; send a JSON body with Content-Type: application/json"
        )
    charset = _CHARSET.search(content_type)
    if charset and charset[1].lower() not in ("utf-8", "utf8"):
        raise HTTPException(415, f"charset {charset[1]!r} is not taken; send UTF-8")


async def _body(request: Request, settings: ApiSettings) -> bytes:
    limit = settings.body_limit_bytes
    too_large = HTTPException(413, f"the body is larger than {limit} bytes; ask for less at a time")
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        raise too_large
    body = bytearray()
    try:
        async with asyncio.timeout(settings.operation_timeout_s):
            async for chunk in request.stream():
                body += chunk
                if len(body) > limit:
                    raise too_large
    except TimeoutError as error:
        raise HTTPException(
            408, f"the body did not arrive within {settings.operation_timeout_s:g} seconds; send it again"
        ) from error
    except ClientDisconnect as error:
        raise HTTPException(400, "the connection closed before the body was complete") from error
    return bytes(body)


def _parsed(text: bytes, place: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise HTTPException(400, f"{place} is not JSON: {error}") from error


def _operation(given: Any) -> Operation:
    if isinstance(given, list):
        raise HTTPException(400, "the body is a list; batches are not taken, send one operation a request")
    if not isinstance(given, dict):
        raise HTTPException(400, 'the body is no JSON object; send {"query": "…", "variables": {…}}')
    query, variables, name = given.get("query"), given.get("variables"), given.get("operationName")
    if not isinstance(query, str) or not query.strip():
        raise HTTPException(
            400, 'no query; send {"query": "{ sources { totalCount } }"}, or open this address in a browser'
        )
    if not isinstance(variables, dict | None):
        raise HTTPException(400, "variables must be a JSON object or null")
    if not isinstance(name, str | None):
        raise HTTPException(400, "operationName must be a string or null")
    if not isinstance(given.get("extensions"), dict | None):
        raise HTTPException(400, "extensions must be a JSON object or null")
    return Operation(query=query, variables=variables, name=name or None)
