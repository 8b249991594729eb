"""Files of marked text -> docs, analysed once and kept, and the examples in them."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, DocBin
from tqdm import tqdm

from etl.annotate import annotate, model_name
from etl.evaluate.corpus import Marked, read_corpus
from etl.extract.learned.words import Vocabulary
from etl.records import CleanArticle, RawArticle
from etl.train.examples import Example, Roles, examples
from etl.train.passages import FOLDER, passages

KEPT = ["ORTH", "TAG", "POS", "LEMMA", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE", "SENT_START", "SPACY"]


def corpus_docs(path: Path, nlp: Language, work: Path) -> list[Doc]:
    """The docs of a corpus, one an article; kept in the folder work by what they were made of."""
    texts = [article.text for article in read_corpus(path)]
    made_of = sha256(path.read_bytes() + model_name(nlp).encode()).hexdigest()[:12]
    cache = work / f"{path.stem}-{made_of}.docs"
    if cache.exists():
        return list(DocBin().from_disk(cache).get_docs(nlp.vocab))
    kept = DocBin(attrs=KEPT)
    docs = []
    for doc in tqdm(_docs(texts, nlp), total=len(texts), unit="article", desc=path.name):
        kept.add(doc)
        docs.append(doc)
    kept.to_disk(cache)
    return docs


def corpus_examples(path: Path, docs: Sequence[Doc], vocabulary: Vocabulary, part: int) -> Iterator[Example]:
    """The examples of every part-th article of a corpus, in the order of their ids."""
    pairs = sorted(zip(read_corpus(path), docs, strict=True), key=lambda pair: pair[0].id)
    for article, doc in pairs[::part]:
        yield from examples(doc, map(as_roles, article.attributions), vocabulary)


def passage_examples(nlp: Language, vocabulary: Vocabulary) -> Iterator[Example]:
    """The examples of our own passages."""
    given = [passage for file in sorted(FOLDER.glob("*.txt")) for passage in passages(file)]
    for passage, doc in zip(given, _docs([passage.text for passage in given], nlp), strict=True):
        marked = [{"source": one.source, "cue": one.cue, "content": one.content} for one in passage.attributions]
        yield from examples(doc, marked, vocabulary)


def as_roles(one: Marked) -> Roles:
    """The spans of an attribution by role."""
    return {
        role: [(span.start, span.end) for span in spans]
        for role, spans in (("source", one.source), ("cue", one.cue), ("content", one.content))
    }


def _docs(texts: Sequence[str], nlp: Language) -> Iterator[Doc]:
    for _, doc in annotate((CleanArticle(RawArticle("train", text), "en") for text in texts), nlp):
        yield doc
