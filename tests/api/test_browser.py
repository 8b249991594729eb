"""GraphiQL in a real browser: it renders and answers with every other host out of reach.

Screenshots go to .artifacts/graphiql/ in the working folder, for eyes to look at.
"""

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from api.app import create_app
from api.listen import address_of, listening_socket
from api.questions import sample_questions
from api.settings import ApiSettings
from schema.database import async_engine_for

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 30_000
SCREENSHOTS = Path(".artifacts") / "graphiql"

expect.set_options(timeout=PATIENCE_MS)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine; make browser installs it"),
]


@pytest.fixture
def address(story_file_url: str) -> Iterator[str]:
    """The address of a server, in a thread of this process, on the database that holds the story."""
    app = create_app(ApiSettings(), async_engine_for(story_file_url))
    with listening_socket("127.0.0.1", 0, another="--port 8123") as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield address_of(listening)
        server.should_exit = True
        thread.join(timeout=30)
        assert not thread.is_alive()


@dataclass
class Watched:
    """A page and everything it did that it should not do."""

    page: Page
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Presses the play button and waits for the answer."""
        with self.page.expect_response(lambda response: response.request.method == "POST"):
            self.page.get_by_role("button", name="Execute query").click()

    @property
    def answer(self) -> Any:
        return self.page.locator(".result-window")

    def shoot(self, name: str) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture
def watched(browser: Browser, address: str) -> Iterator[Watched]:
    """A page that reaches no host but the server's; that it tried, or complained, fails the test."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    watching = Watched(page)

    def let_through_or_abort(route):
        if route.request.url.startswith(f"{address}/"):
            route.continue_()
        else:
            watching.elsewhere.append(route.request.url)
            route.abort()

    context.route("**/*", let_through_or_abort)
    page.on("console", lambda message: watching.complaints.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: watching.complaints.append(str(error)))
    yield watching
    context.close()
    assert watching.elsewhere == []
    assert watching.complaints == []


@pytest.fixture
def open_page(watched: Watched, address: str) -> Callable[..., Watched]:
    """Opens a path of the server in the watched page and waits until GraphiQL is there."""

    def opened(path: str = "/") -> Watched:
        watched.page.goto(address + path)
        expect(watched.page.get_by_role("button", name="Execute query")).to_be_visible()
        return watched

    return opened


def test_a_newcomer_reads_the_first_question_and_one_click_answers_it(open_page):
    graphiql = open_page("/")
    expect(graphiql.page.locator(".graphiql-query-editor")).to_contain_text("What did Ben Wallace say")

    graphiql.run()

    expect(graphiql.answer).to_contain_text("These weapons are for defence")
    expect(graphiql.answer).to_contain_text("Harbour Courier")
    expect(graphiql.answer).to_contain_text("Valley Record")
    expect(graphiql.answer).to_contain_text("2022-01-18")
    expect(graphiql.answer).not_to_contain_text("errors")
    graphiql.shoot("first-answer")


def test_the_page_shows_no_link_to_another_host(open_page, address):
    graphiql = open_page("/")

    links = graphiql.page.evaluate(
        "[...document.querySelectorAll('[href], [src]')].map(found => found.href || found.src)"
    )

    assert [link for link in links if not str(link).startswith((f"{address}/", "data:"))] == []


@pytest.mark.parametrize("question", sample_questions(), ids=lambda question: question.title)
def test_every_question_has_a_link_that_opens_and_answers_it(open_page, question):
    graphiql = open_page(question.link(""))
    active = graphiql.page.get_by_role("tab", selected=True)

    graphiql.run()

    assert f"query {active.inner_text()}" in question.query
    expect(graphiql.answer).to_contain_text('"data"')
    expect(graphiql.answer).not_to_contain_text("errors")
    graphiql.shoot(f"question-{question.number}")


def test_a_link_with_a_query_opens_it(open_page):
    graphiql = open_page("/graphql?query=query%20Linked%20%7B%20__typename%20%7D")
    expect(graphiql.page.locator(".graphiql-query-editor")).to_contain_text("query Linked { __typename }")

    graphiql.run()

    expect(graphiql.answer).to_contain_text('"__typename": "Query"')


def test_what_was_typed_outlives_a_reload_but_does_not_greet_the_next_visitor(open_page, watched, address):
    graphiql = open_page("/")
    editor = graphiql.page.locator(".graphiql-query-editor")
    editor.locator(".CodeMirror").click()
    graphiql.page.keyboard.press("Control+A")
    graphiql.page.keyboard.insert_text("{ __typename } # mine")
    # In a loop of ours: wait_for_function evaluates a string, which the page's policy forbids.
    for _ in range(100):
        if "# mine" in graphiql.page.evaluate("JSON.stringify(sessionStorage)"):
            break
        graphiql.page.wait_for_timeout(100)

    graphiql.page.reload()
    expect(editor).to_contain_text("# mine")

    other = graphiql.page.context.new_page()
    other.goto(f"{address}/graphql")
    expect(other.locator(".graphiql-query-editor")).to_contain_text("What did Ben Wallace say")


def test_what_another_program_left_on_this_port_does_not_hide_the_first_question(open_page, watched, address):
    watched.page.goto(f"{address}/health")
    watched.page.evaluate(
        """for (const kept of [localStorage, sessionStorage]) {
             kept.setItem("graphiql:tabState", JSON.stringify({activeTabIndex: 0, tabs: [{id: "1", title: "theirs",
               query: "{ theirs }", variables: null, headers: null, operationName: null, response: null}]}));
             kept.setItem("graphiql:query", "{ theirs }");
           }"""
    )

    graphiql = open_page("/")

    expect(graphiql.page.locator(".graphiql-query-editor")).to_contain_text("What did Ben Wallace say")
    expect(graphiql.page.locator(".graphiql-query-editor")).not_to_contain_text("theirs")


def test_the_documentation_opens(open_page):
    graphiql = open_page("/")

    graphiql.page.get_by_role("button", name="Show Documentation Explorer").click()

    expect(graphiql.page.locator(".graphiql-plugin")).to_contain_text("Query")
    graphiql.shoot("documentation")


def test_the_explorer_opens(open_page):
    graphiql = open_page("/")

    graphiql.page.get_by_role("button", name="Show GraphiQL Explorer").click()

    expect(graphiql.page.locator(".graphiql-plugin")).to_contain_text("statements")
    graphiql.shoot("explorer")
