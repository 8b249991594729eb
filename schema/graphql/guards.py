"""What stands before and behind every operation: limits on the document, and the end of its connection."""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
)
from strawberry.extensions import MaxAliasesLimiter, MaxTokensLimiter, QueryDepthLimiter, SchemaExtension

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


class MaxSelectionsLimiter(SchemaExtension):
    """Refuses documents whose fragments multiply, before rules that walk every use of a fragment see them."""

    def on_validate(self) -> Iterator[None]:
        document = self.execution_context.graphql_document
        if document is not None and selections(document) > MAX_SELECTIONS:
            self.execution_context.pre_execution_errors = [
                OperationTooLargeError(
                    f"The document selects more than {MAX_SELECTIONS} fields once its fragments are written out; "
                    "ask for less in one operation"
                )
            ]
        yield


def selections(document: DocumentNode) -> int:
    """How many selections the operations of a document have with every fragment written out where it is used."""
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    sizes: dict[str, int] = {}

    def of_fragment(name: str) -> int:
        if name not in sizes:
            # Validation refuses unknown fragments and those that use themselves; here they have no size.
            sizes[name] = 0
            if name in fragments:
                sizes[name] = of_selections(fragments[name].selection_set.selections)
        return sizes[name]

    def of_selections(nodes: Sequence[SelectionNode]) -> int:
        total = 0
        for node in nodes:
            total += 1
            if isinstance(node, FragmentSpreadNode):
                total += of_fragment(node.name.value)
            elif isinstance(node, FieldNode | InlineFragmentNode) and node.selection_set:
                total += of_selections(node.selection_set.selections)
        return total

    operations = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
    return sum(of_selections(each.selection_set.selections) for each in operations)


GUARDS: Sequence[Callable[[], SchemaExtension] | type[SchemaExtension]] = (
    ClosesContext,
    lambda: MaxTokensLimiter(max_token_count=MAX_TOKENS),
    MaxSelectionsLimiter,
    lambda: QueryDepthLimiter(max_depth=MAX_DEPTH),
    lambda: MaxAliasesLimiter(max_alias_count=MAX_ALIASES),
)
