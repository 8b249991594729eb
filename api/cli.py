"""The subcommand `quoth serve`: results to stdout, the server's log to stderr."""

import argparse
import copy
import dataclasses
import socket
import sys
from typing import Any

from api.listen import address_of, listening_socket
from api.questions import sample_questions
from api.settings import ApiSettings
from schema.cli import database_option, subcommand
from schema.database import async_engine_for
from schema.migrate import check_current
from schema.settings import DatabaseSettings

_GRACE_S = 5
"""How long requests under way may take to end after Ctrl-C, in seconds."""


def add_commands(subcommands: Any) -> None:
    """Adds `serve`."""
    default = ApiSettings()
    made = subcommand(
        subcommands,
        "serve",
        _serve,
        help="answer questions over HTTP: GraphQL at /graphql, with a page to ask them on",
        example="quoth serve --host 127.0.0.1 --port 8123",
    )
    made.add_argument("--host", help=f"address to listen on (default: QUOTH_HOST, else {default.host})")
    made.add_argument("--port", type=_port, help=f"TCP port to listen on (default: QUOTH_PORT, else {default.port})")
    made.add_argument("--check-port", action="store_true", help="only say whether the port is free, and stop")
    database_option(made)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text!r} is no port; give a whole number from 0 to 65535")
    return int(text)


def _serve(arguments: argparse.Namespace) -> int:
    settings = _settings(arguments)
    if arguments.check_port:
        listening_socket(settings.host, settings.port, another="make run PORT=8123").close()
        return 0
    # Here, because every quoth command imports this module and only this one needs the schema (seconds on a busy core).
    import uvicorn

    from api.app import create_app

    database = DatabaseSettings.from_environment(arguments.database)
    with listening_socket(settings.host, settings.port, another="--port 8123") as listening:
        check_current(database.url)
        app = create_app(settings, async_engine_for(database.url, pool_size=settings.pool_size))
        config = uvicorn.Config(
            app, log_config=_log_to_stderr(), timeout_graceful_shutdown=_GRACE_S, server_header=False, ws="none"
        )
        print(_welcome(listening), flush=True)
        try:
            uvicorn.Server(config).run(sockets=[listening])
        except KeyboardInterrupt:
            print("serve: stopped", file=sys.stderr)
    return 0


def _settings(arguments: argparse.Namespace) -> ApiSettings:
    """The settings of the environment, with the command line before them."""
    settings = ApiSettings.from_environment()
    given = {"host": arguments.host, "port": arguments.port}
    return dataclasses.replace(settings, **{name: value for name, value in given.items() if value is not None})


def _welcome(listening: socket.socket) -> str:
    address = address_of(listening)
    lines = [f"Quoth answers at {address} (Ctrl-C stops it). Three questions worth asking:"]
    for question in sample_questions()[:3]:
        lines += [f"  {question.title}", f"    {question.link(address)}"]
    return "\n".join(lines)


def _log_to_stderr() -> dict[str, Any]:
    """uvicorn's logging with its access log on stderr, because stdout is for results."""
    import uvicorn.config

    config = copy.deepcopy(uvicorn.config.LOGGING_CONFIG)
    config["handlers"]["access"]["stream"] = "ext://sys.stderr"
    return config
