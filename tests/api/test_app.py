import asyncio

import pytest

from api.app import create_app
from api.settings import ApiSettings
from schema.database import async_engine_for

BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def test_the_root_leads_to_graphiql(client):
    response = client.get("/")

    assert response.is_redirect
    assert response.headers["location"] == "/graphql"


def test_a_browser_gets_the_page(client):
    response = client.get("/graphql", headers=BROWSER)

    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert 'id="graphiql"' in response.text


def test_a_link_with_a_query_gives_a_browser_the_page_and_a_program_the_answer(client):
    query = {"query": "{ double(number: 1) }"}

    assert "<!doctype html>" in client.get("/graphql", params=query, headers=BROWSER).text
    assert client.get("/graphql", params=query).json() == {"data": {"double": 2}}


def test_the_page_may_load_nothing_from_elsewhere(client):
    policy = client.get("/graphql", headers=BROWSER).headers["content-security-policy"]

    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == "'self'"
    assert directives["connect-src"] == "'self'"
    allowed = {source for sources in directives.values() for source in sources.split()}
    assert allowed == {"'none'", "'self'", "'unsafe-inline'", "data:"}


def test_caches_keep_page_and_answers_apart(client):
    assert client.get("/graphql", headers=BROWSER).headers["vary"] == "Accept"
    assert client.get("/graphql", params={"query": "{ double(number: 1) }"}).headers["vary"] == "Accept"


@pytest.mark.parametrize("path", ["/graphql", "/health", "/graphiql/page.js", "/nowhere"])
def test_every_answer_forbids_guessing_its_type_and_framing_it(client, path):
    headers = client.get(path).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("path", "content_type", "cache_control"),
    [
        ("vendor/react-18.2.0.min.js", "text/javascript", "public, max-age=31536000, immutable"),
        ("vendor/graphiql-3.8.3.min.css", "text/css", "public, max-age=31536000, immutable"),
        ("page.js", "text/javascript", "no-cache"),
        ("page.css", "text/css", "no-cache"),
    ],
)
def test_assets_have_a_type_and_a_time_to_live(client, path, content_type, cache_control):
    response = client.get(f"/graphiql/{path}", headers={"accept-encoding": "gzip"})

    assert response.status_code == 200
    assert response.headers["content-type"] == f"{content_type}; charset=utf-8"
    assert response.headers["cache-control"] == cache_control


def test_large_assets_travel_compressed(client):
    response = client.get("/graphiql/vendor/graphiql-3.8.3.min.js", headers={"accept-encoding": "gzip"})

    assert response.headers["content-encoding"] == "gzip"


@pytest.mark.parametrize(
    "path", ["/graphiql/../app.py", "/graphiql/%2e%2e/app.py", "/graphiql/vendor/..%2f..%2fcli.py"]
)
def test_nothing_outside_the_assets_is_served(client, path):
    assert client.get(path).status_code == 404


def test_a_path_that_is_not_there_says_what_is(client):
    response = client.get("/nowhere")

    assert response.status_code == 404
    (error,) = response.json()["errors"]
    assert error == {
        "message": "GET /nowhere: not found; GraphQL is at /graphql",
        "extensions": {"code": "NOT_FOUND"},
    }


def test_a_method_that_is_not_taken_says_which_are(client):
    response = client.request("PUT", "/graphql")

    assert response.status_code == 405
    assert response.json()["errors"][0]["message"] == "PUT /graphql: method not allowed; it takes GET, HEAD, POST"


def test_a_bug_answers_500_and_tells_nothing_of_itself(client, monkeypatch):
    def broken(*_arguments):
        raise RuntimeError("postgresql://quoth:secret@db")

    monkeypatch.setattr("api.graphql_http.preferred", broken)

    response = client.post("/graphql", json={"query": "{ double(number: 1) }"})

    assert response.status_code == 500
    (error,) = response.json()["errors"]
    assert error["extensions"] == {"code": "INTERNAL_SERVER_ERROR"}
    assert "secret" not in response.text
    assert "RuntimeError" not in response.text


def test_pages_of_other_origins_may_not_read_the_api_by_default(client):
    response = client.get("/health", headers={"origin": "https://news.example"})

    assert "access-control-allow-origin" not in response.headers


def test_pages_of_a_named_origin_may_read_the_api_and_others_not(client_of):
    client = client_of(cors_origins=("https://news.example",))

    named = client.get("/health", headers={"origin": "https://news.example"})
    other = client.get("/health", headers={"origin": "https://elsewhere.example"})

    assert named.headers["access-control-allow-origin"] == "https://news.example"
    assert "access-control-allow-origin" not in other.headers


def test_a_named_origin_may_post_json(client_of):
    asked = {
        "origin": "https://news.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
    }

    response = client_of(cors_origins=("https://news.example",)).request("OPTIONS", "/graphql", headers=asked)

    assert response.status_code == 200
    assert "POST" in response.headers["access-control-allow-methods"]


def test_health_is_good_where_the_database_answers(client_on, database_url):
    response = client_on(database_url).get("/health")

    assert (response.status_code, response.json()["status"]) == (200, "ok")


@pytest.mark.parametrize(
    "url", ["sqlite:////nonexistent-folder-of-quoth/x.db", "postgresql://quoth:secret@127.0.0.1:1/quoth"]
)
def test_health_is_bad_where_the_database_does_not_answer(client_on, url, monkeypatch):
    monkeypatch.setattr("schema.database._make_folder", lambda _url: None)

    response = client_on(url).get("/health")

    assert (response.status_code, response.json()["status"]) == (503, "failing")
    assert "secret" not in response.text


def test_the_engine_is_disposed_when_the_application_stops(tmp_path):
    engine = async_engine_for(f"sqlite:///{tmp_path / 'quoth.db'}")
    app = create_app(ApiSettings(), engine)
    before = engine.pool

    async def started_and_stopped():
        async with app.router.lifespan_context(app):
            pass

    asyncio.run(started_and_stopped())

    assert engine.pool is not before
