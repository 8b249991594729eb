"""Label files -> labels, every piece found in its article.

`python -m etl.evaluate.labels seeds` checks and counts them, with --show STEM it prints what the labels point at.
The guide and the format: seeds/labelled/README.md. Nothing here reads a database or knows what Quoth finds.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from etl.errors import LabelError
from etl.evaluate import shape
from etl.evaluate.across import across
from etl.evaluate.article import ArticleLabels
from etl.evaluate.gold import GoldArticle, GoldParty, Labels, LookAlike

WANTED = {
    "articles": 20,
    "stories": 5,
    "outlets": 8,
    "attributions": 150,
    "reports of statements that several articles carry": 40,
    "look-alikes": 20,
    "chains": 25,
    "dates": 25,
}
"""How many of each the samples must have."""


def read_labels(folder: Path, now: datetime) -> Labels:
    """The labels of a folder; their articles are in the folder `articles` beside it.

    Raises LabelError with every problem, one a line, when there is any.
    """
    labels, problems = checked(folder, now)
    if problems:
        raise LabelError(problems)
    return labels


def checked(folder: Path, now: datetime) -> tuple[Labels, list[str]]:
    """The labels that could be read, and one message for everything that is wrong: file, item, way out."""
    problems: list[str] = []
    listed = shape.read_json(folder / "parties.json", shape.PARTIES, problems) or {}
    parties = {key: GoldParty(key, one.type, one.name, one.outlet) for key, one in listed.items()}
    files = sorted((folder / "articles").glob("*.json"))
    if not files:
        problems.append(f"{folder / 'articles'}: holds no .json file; label an article there, see README.md")
    articles: dict[str, GoldArticle] = {}
    for path in files:
        read_one = shape.read_json(path, shape.ARTICLE, problems)
        if read_one and (article := ArticleLabels(path, parties, problems, now).article(read_one)):
            articles[article.stem] = article
    pairs = shape.read_json(folder / "look_alikes.json", shape.PAIRS, problems) or []
    labels = Labels(articles, parties, tuple(LookAlike(one.a, one.b, one.why) for one in pairs))
    problems += [f"{folder}: {problem}" for problem in across(labels)]
    return labels, problems


def counts(labels: Labels) -> Mapping[str, int]:
    """How many of each thing the labels hold."""
    articles = labels.articles.values()
    attributions = [one for article in articles for one in article.attributions]
    carried: dict[str, set[str]] = {}
    for one in attributions:
        carried.setdefault(one.statement, set()).add(one.key.partition("#")[0])
    return {
        "articles": len(articles),
        "stories": len({article.event for article in articles}),
        "outlets": len({article.raw.source for article in articles} - {None}),
        "attributions": len(attributions),
        "statements": len(carried),
        "reports of statements that several articles carry": sum(
            len(carried[one.statement]) > 1 for one in attributions
        ),
        "look-alikes": len(labels.look_alikes),
        "chains": sum(bool(one.chain) for one in attributions),
        "dates": sum(one.said is not None for one in attributions),
        "mentions": sum(len(one.mentions) for one in attributions),
        "denials": sum(one.denied for one in attributions),
        "copies": sum(article.copy_of is not None for article in articles),
        "corrections": sum(article.correction_of is not None for article in articles),
        "parties": len(labels.parties),
        **{f"  {kind}": n for kind, n in sorted(Counter(party.type for party in labels.parties.values()).items())},
        **{f"  {kind}": n for kind, n in sorted(Counter(one.kind for one in attributions).items())},
        **{f"  {act}": n for act, n in sorted(Counter(one.act for one in attributions).items())},
        **{f"  {basis}": n for basis, n in sorted(Counter(one.basis for one in attributions).items())},
    }


def shown(article: GoldArticle) -> Iterator[str]:
    """Each label of an article with the words it points at and what stands around them."""
    text = article.raw.text
    for one in article.attributions:
        yield f"{one.key}  {one.kind} {one.act} {one.basis}{' DENIED' if one.denied else ''}  {one.statement}"
        yield f"    speaker  {one.speaker}"
        for role, span in (("source", one.source), ("cue", one.cue), *(("content", span) for span in one.content)):
            if span:
                before, after = text[max(0, span.start - 20) : span.start], text[span.end : span.end + 20]
                yield f"    {role:8} {before!r} [{span.of(text)}] {after!r}"
        yield from (f"    relayer  {link.name} ({link.party})" for link in one.chain)
        if one.said:
            yield f"    said     {one.said.on.value if one.said.on else None} {one.said.expression!r} {one.said.basis}"
        yield from (f"    mention  {mention.span.of(text)} ({mention.party})" for mention in one.mentions)


def main() -> int:
    """Checks and counts the labels below a folder; 1 when anything is wrong."""
    parser = argparse.ArgumentParser(prog="python -m etl.evaluate.labels", description=main.__doc__)
    parser.add_argument("seeds", type=Path, help="the folder that has articles/ and labelled/")
    parser.add_argument("--show", metavar="STEM", help="print what each label of this article points at")
    arguments = parser.parse_args()
    labels, problems = checked(arguments.seeds / "labelled", datetime.now(UTC))
    if arguments.show in labels.articles:
        print("\n".join(shown(labels.articles[arguments.show])))
    elif arguments.show:
        problems.append(f"--show {arguments.show}: no such labels; known: {', '.join(sorted(labels.articles))}")
    else:
        for name, count in counts(labels).items():
            short = WANTED.get(name, 0) - count
            print(f"{count:6}  {name}" + (f" (of {WANTED[name]}: {short} short)" if short > 0 else ""))
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{len(problems)} problems" if problems else "no problems", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
