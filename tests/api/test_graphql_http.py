"""GraphQL over HTTP: media types, status codes, limits. The error of every refusal has a code and a message."""

import asyncio

import orjson
import pytest

JSON, GRAPHQL_JSON = "application/json", "application/graphql-response+json"


def code_of(response):
    """The extensions.code of the one error."""
    (error,) = response.json()["errors"]
    assert error["message"]
    return error["extensions"]["code"]


def post(client, body, content_type=JSON, **headers):
    return client.post("/graphql", content=body, headers={"content-type": content_type, **headers})


def test_a_post_is_answered(client):
    response = client.post("/graphql", json={"query": "{ double(number: 2) }"})

    assert response.status_code == 200
    assert response.headers["content-type"] == JSON
    assert response.json() == {"data": {"double": 4}}


def test_variables_and_operation_name_are_used(client):
    query = "query A { double(number: 1) } query B($n: Int!) { double(number: $n) }"

    response = client.post("/graphql", json={"query": query, "variables": {"n": 21}, "operationName": "B"})

    assert response.json() == {"data": {"double": 42}}


def test_a_get_is_answered(client):
    parameters = {"query": "query A($n: Int!) { double(number: $n) }", "variables": '{"n": 3}', "operationName": "A"}

    assert client.get("/graphql", params=parameters).json() == {"data": {"double": 6}}


def test_a_get_does_not_change_anything(client):
    response = client.get("/graphql", params={"query": "mutation { change }"})

    assert (response.status_code, code_of(response)) == (405, "METHOD_NOT_ALLOWED")
    assert response.headers["allow"] == "POST"


def test_a_post_may_change_something(client):
    assert client.ask("mutation { change }") == {"data": {"change": 1}}


@pytest.mark.parametrize(("accept", "status"), [(JSON, 200), (GRAPHQL_JSON, 400)])
@pytest.mark.parametrize(
    "query", ["{", "{ tripel }", "query A($n: Int!) { double(number: $n) }"], ids=["syntax", "field", "variable"]
)
def test_a_request_error_has_no_data_and_the_status_of_its_media_type(client, query, accept, status):
    response = client.post("/graphql", json={"query": query}, headers={"accept": accept})

    assert response.status_code == status
    assert response.headers["content-type"] == accept
    assert "data" not in response.json()
    assert response.json()["errors"]


def test_an_accept_header_that_takes_no_json_is_told_so(client):
    response = post(client, b'{"query": "{ double(number: 1) }"}', accept="image/png")

    assert (response.status_code, code_of(response)) == (406, "NOT_ACCEPTABLE")


@pytest.mark.parametrize("content_type", ["", "text/plain", "multipart/form-data; boundary=x", "application/xml"])
def test_a_body_that_is_no_json_by_its_type_is_refused(client, content_type):
    response = post(client, b'{"query": "{ double(number: 1) }"}', content_type)

    assert (response.status_code, code_of(response)) == (415, "UNSUPPORTED_MEDIA_TYPE")


def test_a_body_in_another_charset_is_refused(client):
    response = post(client, '{"query": "{ double(number: 1) }"}'.encode("utf-16"), "application/json; charset=utf-16")

    assert (response.status_code, code_of(response)) == (415, "UNSUPPORTED_MEDIA_TYPE")


@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", "Application/JSON", JSON + " ;x=y"])
def test_parameters_and_case_of_the_content_type_do_not_matter(client, content_type):
    assert post(client, b'{"query": "{ double(number: 1) }"}', content_type).json() == {"data": {"double": 2}}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"\x00\xff\xfe\x80", "not JSON"),
        (b'{"query": NaN}', "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"query": "\\ud800"}', "not JSON"),
        (b"null", "no JSON object"),
        (b'"{ double(number: 1) }"', "no JSON object"),
        (b'[{"query": "{ double(number: 1) }"}]', "batches"),
        (b"{}", "no query"),
        (b'{"query": " "}', "no query"),
        (b'{"query": 1}', "no query"),
        (b'{"query": "{ double(number: 1) }", "variables": [1]}', "variables"),
        (b'{"query": "{ double(number: 1) }", "operationName": 1}', "operationName"),
        (b'{"query": "{ double(number: 1) }", "extensions": 1}', "extensions"),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_a_body_that_is_no_operation_says_what_is_wrong(client, body, said):
    response = post(client, body)

    assert (response.status_code, code_of(response)) == (400, "BAD_REQUEST")
    assert said in response.json()["errors"][0]["message"]


def test_an_unknown_operation_name_is_named(client):
    response = client.post("/graphql", json={"query": "query A { double(number: 1) }", "operationName": "B"})

    assert (response.status_code, code_of(response)) == (400, "BAD_REQUEST")
    assert '"B"' in response.json()["errors"][0]["message"]


def body_of(size):
    start, end = b'{"query": "{ double(number: 1) }', b'"}'
    return start + b" " * (size - len(start) - len(end)) + end


def test_a_body_of_the_limit_is_read_and_one_byte_more_is_not(client_of):
    client = client_of(body_limit_bytes=2048)

    assert post(client, body_of(2048)).json() == {"data": {"double": 2}}
    refused = post(client, body_of(2049))
    assert (refused.status_code, code_of(refused)) == (413, "BODY_TOO_LARGE")
    assert "2048 bytes" in refused.json()["errors"][0]["message"]


def test_a_body_of_unknown_length_is_read_no_further_than_the_limit(client_of):
    sent = 0

    async def endless():
        nonlocal sent
        while True:
            sent += 1
            yield b" " * 1024

    refused = post(client_of(body_limit_bytes=2048), endless())

    assert refused.status_code == 413
    assert sent == 3


def test_a_query_string_above_the_limit_is_refused(client_of):
    refused = client_of(body_limit_bytes=2048).get("/graphql", params={"query": "{ a }" + "#" * 2048})

    assert (refused.status_code, code_of(refused)) == (414, "URI_TOO_LONG")


def test_a_body_that_does_not_arrive_is_not_waited_for(client_of):
    async def stalled():
        yield b"{"
        await asyncio.sleep(60)

    refused = post(client_of(operation_timeout_s=0.05), stalled())

    assert (refused.status_code, code_of(refused)) == (408, "REQUEST_TIMEOUT")


@pytest.mark.parametrize(("accept", "status"), [(JSON, 200), (GRAPHQL_JSON, 503)])
def test_an_operation_that_takes_too_long_ends_with_a_code(client_of, accept, status):
    client = client_of(operation_timeout_s=0.05)

    response = client.post("/graphql", json={"query": "{ slow }"}, headers={"accept": accept})

    assert (response.status_code, code_of(response)) == (status, "TIMEOUT")
    assert "0.05 seconds" in response.json()["errors"][0]["message"]


def test_an_integer_beyond_64_bits_is_an_error_of_the_variable(client):
    body = (
        orjson.dumps({"query": "query A($n: Int!) { double(number: $n) }"})[:-1] + b', "variables": {"n": 1' + b"0" * 40
    )

    response = post(client, body + b"}}")

    assert response.status_code == 200
    assert "$n" in response.json()["errors"][0]["message"]
