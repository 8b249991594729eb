"""What stands before and behind every operation: limits on the document, and the end of its connection."""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
)
from strawberry.extensions import MaxTokensLimiter, SchemaExtension

from schema.graphql.context import Context
from schema.graphql.errors import OperationTooLargeError
from schema.graphql.limits import MAX_ALIASES, MAX_DEPTH, MAX_SELECTIONS, MAX_TOKENS


class ClosesContext(SchemaExtension):
    """Gives the operation's connection back at its end, however it ends."""

    async def on_operation(self) -> AsyncIterator[None]:
        try:
            yield
        finally:
            context = self.execution_context.context
            if isinstance(context, Context):
                await context.close()


@dataclass(frozen=True, slots=True)
class Size:
    """How much a document selects with every fragment written out where it is used; depth: of its deepest field."""

    selections: int = 0
    aliases: int = 0
    depth: int = 0

    def beside(self, other: "Size") -> "Size":
        return Size(self.selections + other.selections, self.aliases + other.aliases, max(self.depth, other.depth))

    def excess(self) -> str | None:
        """What there is too much of, None when all is well."""
        if self.depth > MAX_DEPTH:
            return f"The operation is {self.depth} levels deep, more than {MAX_DEPTH}; ask from further inside"
        if self.aliases > MAX_ALIASES:
            return f"The document has {self.aliases} aliases, more than {MAX_ALIASES}; ask in several operations"
        if self.selections > MAX_SELECTIONS:
            return (
                f"The document selects {self.selections} fields, more than {MAX_SELECTIONS}; ask in several operations"
            )
        return None


class SizeLimiter(SchemaExtension):
    """Refuses documents that are too large, before rules that walk every use of a fragment see them.

    Strawberry's QueryDepthLimiter and MaxAliasesLimiter are such rules: thirty fragments of two uses each keep them
    busy for hours. Here a fragment is measured once.
    """

    def on_validate(self) -> Iterator[None]:
        document = self.execution_context.graphql_document
        excess = None if document is None else size(document).excess()
        if excess is not None:
            self.execution_context.pre_execution_errors = [OperationTooLargeError(excess)]
        yield


def size(document: DocumentNode) -> Size:
    """The size of all operations of a document; introspection counts as one selection (graphql-core limits it)."""
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    measured: dict[str, Size] = {}

    def of_fragment(name: str) -> Size:
        if name not in measured:
            # Validation refuses unknown fragments and those that use themselves; here they have no size.
            measured[name] = Size()
            if name in fragments:
                measured[name] = of_selections(fragments[name].selection_set.selections)
        return measured[name]

    def of_selection(node: SelectionNode) -> Size:
        if isinstance(node, FragmentSpreadNode):
            return Size(selections=1).beside(of_fragment(node.name.value))
        if isinstance(node, InlineFragmentNode):
            return Size(selections=1).beside(of_selections(node.selection_set.selections))
        assert isinstance(node, FieldNode)
        field = Size(selections=1, aliases=1 if node.alias else 0)
        if node.selection_set is None or node.name.value.startswith("__"):
            return field
        inner = of_selections(node.selection_set.selections)
        return field.beside(Size(inner.selections, inner.aliases, inner.depth + 1))

    def of_selections(nodes: Sequence[SelectionNode]) -> Size:
        total = Size()
        for node in nodes:
            total = total.beside(of_selection(node))
        return total

    total = Size()
    for each in document.definitions:
        if isinstance(each, OperationDefinitionNode):
            total = total.beside(of_selections(each.selection_set.selections))
    return total


GUARDS: Sequence[Callable[[], SchemaExtension] | type[SchemaExtension]] = (
    ClosesContext,
    lambda: MaxTokensLimiter(max_token_count=MAX_TOKENS),
    SizeLimiter,
)
