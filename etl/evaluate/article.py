"""One label file -> the labels of one article, every piece found in its text."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from itertools import pairwise
from pathlib import Path

from etl.evaluate import pieces, shape
from etl.evaluate.gold import GoldArticle, GoldAttribution, GoldDate, GoldLink, GoldParty
from etl.read import Defaults, read
from etl.records import RawArticle, ResolvedMention, Span
from schema.dates import parse_edtf
from schema.enums import StatementKind
from schema.errors import DateError

_DOUBLE = re.compile(r"[\"“”„«»]|``|''")
_MARK = re.compile(r"[\"“”„«»‘’']|``")


class ArticleLabels:
    """Reads one article's labels; what is wrong goes to problems, with the file and the item."""

    def __init__(self, path: Path, parties: Mapping[str, GoldParty], problems: list[str], now: datetime) -> None:
        self.path, self.parties, self.problems, self.now = path, parties, problems, now
        self.item = "the file"
        self.text = ""

    def article(self, read_one: shape.Article) -> GoldArticle | None:
        if read_one.article != self.path.stem:
            self.wrong(f"'article' is {read_one.article!r}; it is the name of the file without .json")
        raw = self.raw()
        if raw is None:
            return None
        self.text = raw.text
        found = [one for item in read_one.attributions if (one := self.attribution(item))]
        found.sort(key=lambda one: one.content)
        self.item = "the file"
        keys = [item.id for item in read_one.attributions]
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            self.wrong(f"id {key!r} is given {keys.count(key)} times; ids are unique in an article")
        for i, one in enumerate(found):
            for other in found[i + 1 :]:
                if any(a.touches(b) for a in one.content for b in other.content):
                    self.wrong(f"the contents of {one.key} and {other.key} share words; cut one of them, or drop it")
        return GoldArticle(self.path.stem, raw, read_one.event, read_one.copy_of, read_one.correction_of, tuple(found))

    def raw(self) -> RawArticle | None:
        """The article these labels are about."""
        file = self.path.parents[1].parent / "articles" / self.path.name
        if not file.is_file():
            self.wrong(f"there is no article {file}; name the label file like its article")
            return None
        items = [record.item for record in read([file], Defaults(None, None, None, None), now=self.now)]
        match items:
            case [RawArticle() as raw]:
                return raw
        self.wrong(f"{file} is not one article that `quoth load` reads; make it one")
        return None

    def attribution(self, item: shape.Attribution) -> GoldAttribution | None:
        self.item = f"attribution {item.id!r}"
        found = [self.piece("content", partial(pieces.unique, self.text, one)) for one in item.content]
        content = tuple(span for span in found if span)
        if not content or len(content) < len(found):
            if not item.content:
                self.wrong("content is empty; give at least one piece")
            return None
        if any(a.end > b.start for a, b in pairwise(content)):
            self.wrong("content pieces overlap or are not in the order of the text; put them in order")
        cue = source = None
        if item.cue is not None:
            cue = self.piece("cue", partial(pieces.nearest, self.text, item.cue, content, content))
        if item.source is not None:
            near = [cue] if cue else content
            source = self.piece("source", partial(pieces.nearest, self.text, item.source, near, content))
        mentions = []
        for words, party in item.mentions:
            self.party("mention", party)
            span = self.piece("mention", partial(pieces.first_inside, self.text, words, content))
            if span:
                mentions.append(ResolvedMention(span, party))
        self.party("speaker", item.speaker)
        for _, relayer, _ in item.chain:
            self.party("relayer", relayer)
        if item.kind is not StatementKind.INDIRECT and not self.is_marked(content):
            self.wrong(f"kind is {item.kind}, but no quotation mark opens in its paragraph; correct the kind")
        if item.kind is StatementKind.INDIRECT and any(_DOUBLE.search(span.of(self.text)) for span in content):
            self.wrong("kind is INDIRECT, but a quotation mark is in the content; it is MIXED, or DIRECT")
        return GoldAttribution(
            key=f"{self.path.stem}#{item.id}",
            content=content,
            source=source,
            cue=cue,
            kind=item.kind,
            act=item.act,
            basis=item.basis,
            denied=item.denied,
            speaker=item.speaker,
            chain=tuple(GoldLink(party, name) for _, party, name in item.chain),
            said=self.date(item.said),
            statement=item.statement,
            mentions=tuple(sorted(mentions, key=lambda one: one.span)),
        )

    def date(self, said: shape.Said | None) -> GoldDate | None:
        if said is None:
            return None
        if said.expression not in self.text:
            self.wrong(f"expression {said.expression!r} is not in the text; copy it character for character")
        try:
            on = parse_edtf(said.on) if said.on is not None else None
        except DateError as error:
            self.wrong(f"said on {error}")
            return None
        return GoldDate(on, said.expression, said.basis)

    def piece(self, role: str, find: Callable[[], Span]) -> Span | None:
        try:
            return find()
        except pieces.PieceError as error:
            self.wrong(f"{role} {error}")
            return None

    def party(self, role: str, party: str | None) -> None:
        if party is not None and party not in self.parties:
            self.wrong(f"{role} {party!r} is not in parties.json; add it there or correct the id")

    def is_marked(self, content: tuple[Span, ...]) -> bool:
        """Whether a quotation mark stands in the content or before it in its paragraph, as DIRECT and MIXED need."""
        return any(_MARK.search(self.text, self.text.rfind("\n", 0, span.start) + 1, span.end) for span in content)

    def wrong(self, message: str) -> None:
        self.problems.append(f"{self.path}: {self.item}: {message}")
