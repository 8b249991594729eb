"""Questions about one story: each case is a folder entry name.graphql with its answer name.json beside it.

UPDATE_CASES=1 writes the answers anew; read the difference before you commit it.
"""

import json
import os
from pathlib import Path

import pytest

CASES = sorted((Path(__file__).parent / "cases").glob("*.graphql"))


@pytest.mark.parametrize("case", CASES, ids=[case.stem for case in CASES])
def test_answers_of_the_story(case: Path, story, ask) -> None:
    expected = case.with_suffix(".json")

    answer = ask(case.read_text(encoding="utf-8"))

    assert answer.errors == []
    if os.environ.get("UPDATE_CASES"):
        expected.write_text(json.dumps(answer.data, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    assert answer.data == json.loads(expected.read_text(encoding="utf-8"))


def test_every_answer_has_its_question() -> None:
    answers = {file.stem for file in (Path(__file__).parent / "cases").glob("*.json")}

    assert answers == {case.stem for case in CASES}
