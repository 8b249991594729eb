"""The ASGI application: which path gives what, and how errors look that are not GraphQL's."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

import orjson
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from strawberry.schema import BaseSchema

from api.deadline import watch
from api.graphql_http import GRAPHQL_JSON, JSON, answer
from api.negotiate import preferred
from api.page import ASSETS, CONTENT_SECURITY_POLICY, graphiql_page
from api.settings import ApiSettings
from schema.graphql import graphql_schema
from schema.graphql.context import Context

log = logging.getLogger(__name__)

_HTML = "text/html"
_CODES = {
    400: "BAD_REQUEST",
    404: "NOT_FOUND",
    405: "METHOD_NOT_ALLOWED",
    406: "NOT_ACCEPTABLE",
    408: "REQUEST_TIMEOUT",
    413: "BODY_TOO_LARGE",
    414: "URI_TOO_LONG",
    415: "UNSUPPORTED_MEDIA_TYPE",
}
"""extensions.code by status; our own list, because the names of HTTPStatus change with the version of Python."""
_HEALTH_TIMEOUT_S = 5.0
_ONE_YEAR_S = 31_536_000


def create_app(settings: ApiSettings, engine: AsyncEngine, *, graphql_schema: BaseSchema = graphql_schema) -> Starlette:
    """The application that answers for the database behind engine; it disposes the engine when it stops."""
    page = graphiql_page()
    watch(engine)

    async def graphql(request: Request) -> Response:
        accept = request.headers.get("accept", "")
        if request.method != "POST" and preferred(accept, (JSON, GRAPHQL_JSON, _HTML)) == _HTML:
            headers = {"Content-Security-Policy": CONTENT_SECURITY_POLICY, "Cache-Control": "no-cache"}
            return HTMLResponse(page, headers={**headers, "Vary": "Accept"})
        response = await answer(request, graphql_schema, Context(engine), settings)
        response.headers["Vary"] = "Accept"
        return response

    async def health(_request: Request) -> Response:
        return await _health(engine)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        await engine.dispose()

    return Starlette(
        routes=[
            Route("/", lambda _request: RedirectResponse("/graphql"), methods=["GET"]),
            Route("/graphql", graphql, methods=["GET", "POST"]),
            Route("/health", health, methods=["GET"]),
            Mount("/graphiql", _assets(), middleware=[Middleware(GZipMiddleware)]),
        ],
        middleware=[Middleware(_SecurityHeaders), *_cors(settings)],
        exception_handlers={HTTPException: _refused, Exception: _failed},
        lifespan=lifespan,
    )


def _cors(settings: ApiSettings) -> list[Middleware]:
    if not settings.cors_origins:
        return []
    return [
        Middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["GET", "POST"],
            allow_headers=["Content-Type"],
            max_age=600,
        )
    ]


def _assets() -> ASGIApp:
    """The page's files. Vendored ones carry their version in their name and never change; ours are asked for anew."""
    files = StaticFiles(directory=ASSETS)

    async def with_cache_control(scope: Scope, receive: Receive, send: Send) -> None:
        forever = "/vendor/" in scope["path"]

        async def send_with_header(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in (200, 304):
                value = f"public, max-age={_ONE_YEAR_S}, immutable" if forever else "no-cache"
                MutableHeaders(scope=message)["Cache-Control"] = value
            await send(message)

        await files(scope, receive, send_with_header)

    return with_cache_control


class _SecurityHeaders:
    """Headers that every answer carries: no guessing of types, no framing, no address given away."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["X-Frame-Options"] = "DENY"
                headers["Referrer-Policy"] = "no-referrer"
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


async def _health(engine: AsyncEngine) -> Response:
    try:
        async with asyncio.timeout(_HEALTH_TIMEOUT_S), engine.connect() as connection:
            await connection.execute(text("SELECT 1"))
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        log.warning("health: the database does not answer: %s", error)
        return _json({"status": "failing", "database": "does not answer"}, 503)
    return _json({"status": "ok", "database": "answers"}, 200)


def _refused(request: Request, error: Exception) -> Response:
    """A request that no operation could be read from, or a path that is not there."""
    if not isinstance(error, HTTPException):
        raise TypeError(f"{error!r} is no HTTPException") from error
    code = _CODES.get(error.status_code, f"HTTP_{error.status_code}")
    headers = dict(error.headers or {})
    message = error.detail
    if message == HTTPStatus(error.status_code).phrase:  # the router's own, which say nothing of the way out
        way_out = (
            f"it takes {', '.join(sorted(headers['Allow'].split(', ')))}"
            if "Allow" in headers
            else "GraphQL is at /graphql"
        )
        message = f"{request.method} {request.url.path[:80]}: {message.lower()}; {way_out}"
    media_type = preferred(request.headers.get("accept", ""), (JSON, GRAPHQL_JSON)) or JSON
    body = {"errors": [{"message": message, "extensions": {"code": code}}]}
    return _json(body, error.status_code, media_type, headers)


def _failed(_request: Request, _error: Exception) -> Response:
    """A bug: Starlette logs it with its traceback after this answer, the client is told nothing of it."""
    message = "the server failed; what happened is in its log"
    return _json({"errors": [{"message": message, "extensions": {"code": "INTERNAL_SERVER_ERROR"}}]}, 500)


def _json(body: object, status: int, media_type: str = JSON, headers: dict[str, str] | None = None) -> Response:
    return Response(orjson.dumps(body), status_code=status, media_type=media_type, headers=headers)
