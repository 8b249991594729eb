"""What articles say of themselves: corrections and updates, and what a note of correction names."""

import pytest

from etl.copies.marks import MarkKind, cited, mark
from etl.records import CleanArticle, RawArticle

BODY = "The harbour office has closed the northern pier until Monday.\n\nTwo posts broke.\n\nFerries leave elsewhere."


def article(text: str, headline: str | None = None) -> CleanArticle:
    return CleanArticle(RawArticle("test", text, headline=headline), "en")


@pytest.mark.parametrize(
    ("text", "headline", "kind"),
    [
        (f"{BODY}\n\nCorrection: The pier is the northern one.", None, MarkKind.CORRECTION),
        (f"{BODY}\n\nThis article has been corrected to name the right pier.", None, MarkKind.CORRECTION),
        (f"{BODY}\n\nThis story was amended on May 4. It said three posts.", None, MarkKind.CORRECTION),
        (f"{BODY}\n\nAn earlier version of this story gave the wrong day.", None, MarkKind.CORRECTION),
        (f"(Corrects number of posts in second paragraph)\n\n{BODY}", None, MarkKind.CORRECTION),
        (BODY, "CORRECTED-Pier closed in Skell", MarkKind.CORRECTION),
        (BODY, "Correction: Pier closed in Skell", MarkKind.CORRECTION),
        (BODY, "UPDATE 2-Pier closed in Skell", MarkKind.UPDATE),
        (f"(Adds details, background)\n\n{BODY}", None, MarkKind.UPDATE),
        (f"{BODY}\n\nThis story has been updated.", None, MarkKind.UPDATE),
    ],
)
def test_a_note_marks_an_article(text: str, headline: str | None, kind: MarkKind) -> None:
    """In the headline, above the text and below it."""
    found = mark(article(text, headline))
    assert found is not None
    assert found.kind is kind


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"{BODY}\n\nThe correction of the course took an hour.",
        f"Correction officers went on strike.\n\n{BODY}",
        f"{BODY}\n\nEditor's note: The pier is listed.",
        f"An update on the pier is expected.\n\n{BODY}",
    ],
)
def test_a_text_about_corrections_is_none(text: str) -> None:
    """The words alone mark nothing."""
    assert mark(article(text)) is None


def test_a_correction_names_what_it_corrects() -> None:
    """By its headline, and by its address."""
    urls, titles = cited(
        article("Correction: In “Pier closed in Skell” (https://paper.example/pier), we gave a number.")
    )
    assert urls == {"https://paper.example/pier"}
    assert titles == {"Pier closed in Skell"}
