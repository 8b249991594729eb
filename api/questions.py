"""The questions a newcomer is offered: tabs of the GraphiQL page, and links that `quoth serve` prints.

Each is a file of graphiql/questions, N-name.graphql; it begins with the question as a comment, up to an empty
one. Variables, where it has some, stand beside it as N-name.variables.json.
"""

from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).parent / "graphiql" / "questions"


@dataclass(frozen=True, slots=True)
class Question:
    """A query worth asking: title is it in plain English, variables a JSON object or empty."""

    number: int
    title: str
    query: str
    variables: str

    @property
    def tab(self) -> dict[str, str]:
        """What GraphiQL calls a tab."""
        return {"query": self.query} | ({"variables": self.variables} if self.variables else {})

    def link(self, address: str) -> str:
        """The url that opens GraphiQL on this question; address is the server's, without a slash at its end."""
        return f"{address}/graphql?question={self.number}"


def sample_questions() -> tuple[Question, ...]:
    """The questions in their order, at least one."""
    return tuple(_question(number, file) for number, file in enumerate(sorted(_FOLDER.glob("*.graphql")), start=1))


def _question(number: int, file: Path) -> Question:
    query = file.read_text(encoding="utf-8").rstrip()
    variables = file.with_name(f"{file.stem}.variables.json")
    return Question(
        number=number,
        title=" ".join(line.removeprefix("#").strip() for line in query.partition("\n#\n")[0].splitlines()),
        query=query,
        variables=variables.read_text(encoding="utf-8").strip() if variables.exists() else "",
    )
