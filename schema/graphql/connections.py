"""Relay connections: how a page of a list is published, and the four arguments that choose it."""

import inspect
from collections.abc import Callable
from typing import Any, Generic, TypeVar

import strawberry
from strawberry import UNSET
from strawberry.annotation import StrawberryAnnotation
from strawberry.extensions import FieldExtension
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from schema.graphql.context import Context
from schema.graphql.paging import Listing, Page, Window, page

T = TypeVar("T")


class _Paged(FieldExtension):
    """Publishes a resolver's `page: Page` as first, after, last and before."""

    arguments = (
        ("first", int, "At most so many elements from the beginning, or after the cursor; 0 to 100, 20 by default."),
        ("after", str, "Only elements after this cursor."),
        ("last", int, "At most so many elements from the end, or before the cursor; 0 to 100."),
        ("before", str, "Only elements before this cursor."),
    )

    def apply(self, field: StrawberryField) -> None:
        field.arguments = [argument for argument in field.arguments if argument.python_name != "page"] + [
            StrawberryArgument(name, None, StrawberryAnnotation(type_ | None), description=told, default=UNSET)
            for name, type_, told in self.arguments
        ]

    def resolve(self, next_: Callable[..., Any], source: Any, info: strawberry.Info, **arguments: Any) -> Any:
        chosen = {name: arguments.pop(name, None) for name, _, _ in self.arguments}
        asked = page(**{name: None if value is UNSET else value for name, value in chosen.items()})
        return next_(source, info, page=asked, **arguments)


def field(resolver: Callable[..., Any]) -> Any:
    """A field whose description is the resolver's docstring; a parameter `page` becomes the arguments of a page."""
    told = inspect.getdoc(resolver)
    if not told:
        raise TypeError(f"{resolver.__qualname__} has no docstring; write what the field is for those who query it")
    paged = "page" in inspect.signature(resolver).parameters
    return strawberry.field(
        resolver=resolver, description=" ".join(told.split()), extensions=[_Paged()] if paged else []
    )


def column(name: str, description: str) -> Any:
    """A field that is a column of the object's row."""

    def from_row(self: Any) -> Any:
        return getattr(self.row, name)

    return strawberry.field(resolver=from_row, description=description)


@strawberry.type(description="Where a page of a list lies.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether the list goes on after this page.")
    has_previous_page: bool = strawberry.field(description="Whether the list has something before this page.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first element; null on an empty page.")
    end_cursor: str | None = strawberry.field(description="The cursor of the last element; null on an empty page.")


@strawberry.type(description="An element of a page and where it stands in the list.")
class Edge(Generic[T]):
    cursor: str = strawberry.field(description="Give it as after or before to page on from here.")
    node: T = strawberry.field(description="The element itself.")


@strawberry.type(description="A page of a list.")
class Connection(Generic[T]):
    window: strawberry.Private[Window[Any]]

    @field
    async def edges(self) -> list[Edge[T]]:
        """The elements of the page with their cursors."""
        read = await self.window.slice.get()
        return [Edge(cursor=cursor, node=node) for cursor, node in zip(read.cursors, read.nodes, strict=True)]

    @field
    async def nodes(self) -> list[T]:
        """The elements of the page."""
        return (await self.window.slice.get()).nodes

    @field
    async def page_info(self) -> PageInfo:
        """Where the page lies."""
        read = await self.window.slice.get()
        return PageInfo(
            has_next_page=read.has_next,
            has_previous_page=read.has_previous,
            start_cursor=read.cursors[0] if read.cursors else None,
            end_cursor=read.cursors[-1] if read.cursors else None,
        )

    @field
    async def total_count(self) -> int:
        """How many elements the whole list has; counted only when asked for."""
        return await self.window.count()


def connect(context: Context, listing: Listing, asked: Page, make: Callable[..., T]) -> Connection[T]:
    """The page of the list that was asked for. Raises BadUserInputError for a cursor of another list or order."""
    return Connection(window=Window(context, listing, asked, make))
