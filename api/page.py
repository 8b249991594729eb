"""The GraphiQL page: our markup around vendored files, whose hashes the page carries, naming no other host."""

import json
from dataclasses import dataclass
from pathlib import Path
from string import Template

from api.questions import sample_questions

ASSETS = Path(__file__).parent / "graphiql"

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",  # CodeMirror and the explorer set style attributes
        "font-src data:",  # Roboto and Fira Code stand inside graphiql.min.css
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)


@dataclass(frozen=True, slots=True)
class VendoredFile:
    """A file of an npm package, unchanged; integrity is its SRI hash, path where it stands in the package."""

    package: str
    version: str
    path: str
    file: str
    integrity: str
    licence: str
    licence_file: str


def vendored_files() -> tuple[VendoredFile, ...]:
    """The third-party files of the page, in the order they load."""
    manifest = json.loads((ASSETS / "vendor" / "manifest.json").read_text(encoding="utf-8"))
    return tuple(VendoredFile(**entry) for entry in manifest["files"])


def graphiql_page() -> str:
    """The page as HTML: it loads its scripts and styles from /graphiql and sends its queries to its own address."""
    tabs = json.dumps([question.tab for question in sample_questions()])
    files = vendored_files()
    return Template((ASSETS / "page.html").read_text(encoding="utf-8")).substitute(
        styles="\n    ".join(_style(file) for file in files if file.file.endswith(".css")),
        scripts="\n    ".join(_script(file) for file in files if file.file.endswith(".js")),
        questions=tabs.replace("<", "\\u003c"),  # "</script>" in a query must not end the element
    )


def _style(file: VendoredFile) -> str:
    return f'<link rel="stylesheet" href="/graphiql/vendor/{file.file}" integrity="{file.integrity}" />'


def _script(file: VendoredFile) -> str:
    return f'<script src="/graphiql/vendor/{file.file}" integrity="{file.integrity}"></script>'
