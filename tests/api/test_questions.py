import json

import graphql
import pytest

from api.questions import sample_questions
from schema.graphql import graphql_schema

questions = pytest.mark.parametrize("question", sample_questions(), ids=lambda question: question.title)


def test_there_are_three_questions_worth_asking():
    assert len(sample_questions()) >= 3


@questions
def test_a_question_is_one_sentence_of_plain_english(question):
    assert question.title.endswith("?")
    assert question.title.count("?") == 1
    assert "#" not in question.title


@questions
def test_a_question_is_one_operation_with_a_name_for_its_tab(question):
    (operation,) = graphql.parse(question.query).definitions

    assert operation.name.value


@questions
def test_a_question_fits_the_published_schema(question):
    published = graphql.build_schema(graphql_schema.as_str())

    assert graphql.validate(published, graphql.parse(question.query)) == []


@questions
def test_the_variables_of_a_question_are_those_it_declares(question):
    (operation,) = graphql.parse(question.query).definitions
    declared = {definition.variable.name.value for definition in operation.variable_definitions or ()}

    assert set(json.loads(question.variables or "{}")) == declared


@questions
def test_a_question_is_not_wider_than_the_editor(question):
    assert max(map(len, question.query.splitlines())) <= 57


def test_a_link_opens_the_question_by_its_number():
    assert sample_questions()[1].link("http://127.0.0.1:8000") == "http://127.0.0.1:8000/graphql?question=2"


def test_the_first_question_tells_who_said_what_reported_by_whom_and_when(client_on, story_url):
    answer = client_on(story_url).ask(sample_questions()[0].query)

    assert "errors" not in answer
    assert answer["data"]["statements"]["totalCount"] == 1
    (remark,) = answer["data"]["statements"]["nodes"]
    assert remark["speaker"] == {"name": "Ben Wallace"}
    assert remark["text"] == "“These weapons are for defence,”"
    reports = {report["source"]["name"]: report for report in remark["reports"]["nodes"]}
    assert set(reports) == {"Harbour Courier", "Valley Record"}
    assert reports["Valley Record"]["cue"] == "said"
    assert reports["Valley Record"]["article"] == {"label": "Valley Record, front page", "publishedOn": "2022-01-18"}
    assert [link["role"] for link in reports["Valley Record"]["chain"]] == ["SPEAKER", "PUBLISHER"]


@questions
def test_every_question_finds_something_in_the_story(client_on, story_url, question):
    answer = client_on(story_url).ask(question.query, **json.loads(question.variables or "{}"))

    assert "errors" not in answer
    assert answer["data"]["statements"]["nodes"] != []
