"""Furniture is marked, sentences are not, and the text stays as it was. All texts are invented."""

from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.clean import MAX_LINE, clean, rules
from etl.read import Defaults, read
from etl.records import CleanArticle, RawArticle, Refused

BODY = (
    "The harbour board will close the northern quay in March, the mayor of Easthaven announced on Tuesday. "
    "“Nobody will lose a berth,” Ana Ortiz told the council. "
    "The fishermen’s union said that it would wait for the plans before it judged them."
)
SHARED = Path(__file__).resolve().parents[3] / "shared"


def an_article(text: str, **fields: object) -> RawArticle:
    return RawArticle(place="quay.txt", text=text, **fields)


def marked(text: str, **fields: object) -> list[tuple[str, str]]:
    article = clean(an_article(text, **fields))
    assert isinstance(article, CleanArticle)
    return [(piece.rule, piece.span.of(article.text)) for piece in article.furniture]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Share this:", "share buttons"),
        ("Like this:", "share buttons"),
        ("Share on Facebook", "share buttons"),
        ("Click to share on Twitter (Opens in new window)", "share buttons"),
        ("%d bloggers like this:", "share buttons"),
        ("Related News", "related articles"),
        ("RELATED: Harbour board names new chair", "related articles"),
        ("Read more: Ferry fares to rise in spring", "related articles"),
        ("You may also like", "related articles"),
        ("Read more", "read more"),
        ("Continue reading →", "read more"),
        ("Sign up to receive our latest news!", "newsletter"),
        ("Sign up for our newsletter", "newsletter"),
        ("By submitting this form, I agree to the terms.", "newsletter"),
        ("By signing up, you agree to our privacy policy and may opt out at any time.", "newsletter"),
        ("Enter your email address:", "newsletter"),
        ("Get the day’s headlines delivered straight to your inbox", "newsletter"),
        ("Your email address will not be published. Required fields are marked *", "comment form"),
        ("Join the conversation", "comment form"),
        ("ADVERTISEMENT", "advertisement"),
        ("Story continues below advertisement", "advertisement"),
        ("Follow us on Facebook and Twitter for more news", "follow us"),
        ("Follow Jo Marsh on Twitter @jomarsh", "follow us"),
        ("Cover image: the northern quay at low tide.", "caption"),
        ("Photo: Sam Reed", "caption"),
        ("📷 A trawler leaves the northern quay. Credit: Harbour library", "caption"),
        ("(Photo by Sam Reed/Getty Images)", "caption"),
        ("Sam Reed via Getty Images.", "caption"),
        ("Fishing boats at the northern quay in Easthaven on Monday. (Sam Reed/AFP)", "caption"),
        ("© 2022 The Easthaven Example. All rights reserved.", "copyright"),
        ("Copyright 2022 Example News Agency", "copyright"),
        ("This material may not be published, broadcast, rewritten or redistributed.", "copyright"),
        ("We use cookies to improve your experience on our website.", "cookie notice"),
        ("Tags: harbour, fishing, Easthaven", "navigation"),
    ],
)
def test_a_line_of_page_furniture_is_marked_with_its_rule(line: str, rule: str) -> None:
    assert marked(f"{BODY}\n\n{line}\n\n{BODY}") == [(rule, line)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Share prices fell after the announcement.",
        "Share this burden, the bishop asked the council.",
        "‘Follow us,’ he said.",
        "“Follow us on Twitter,” the mayor joked.",
        "Follow us on Twitter, the mayor told the fishermen.",
        "Like many on Facebook, he disagreed.",
        "Read more than one report, she said, before you vote.",
        "More than forty boats were moved.",
        "Related industries will suffer as well, the union warned.",
        "Sign up or leave, the union told its members.",
        "By signing the treaty, you agree to its terms, the minister told the senate.",
        "Leave a light on, she wrote.",
        "No comment.",
        "What do you think?",
        "Comment was refused.",
        "Advertisement spending fell by a third.",
        "Copyright law was changed last year, the minister said.",
        "The party turned to Bloomberg.",
        "The pictures were bought by Getty Images.",
        "The report may not be published before June, he said.",
        "Photographs of the quay were shown to the jury.",
        "The photo shows the mayor on the quay.",
        "Cookies were served to the delegates.",
        "Close to forty boats were moved.",
        "By Monday the quay was empty.",
        "In March 2022 the quay was closed.",
        "The army confirmed the strike, the mayor said (via AP).",
        "Border escalation",
        "1:30 p.m.",
    ],
)
def test_a_sentence_of_the_body_is_not_marked(sentence: str) -> None:
    assert marked(f"{BODY}\n\n{sentence}\n\n{BODY}") == []
    assert marked(f"{sentence}\n\n{BODY}") == []


def test_a_list_of_related_articles_is_marked_to_its_last_item() -> None:
    related = "Related News\n- Ferry fares to rise\n- Board names new chair"

    assert marked(f"{BODY}\n{related}\nYet the union has doubts.\n{BODY}") == [("related articles", related)]


def test_a_paragraph_that_begins_with_a_dash_is_no_item_of_a_list() -> None:
    speech = "– I will not go, said the captain."

    assert marked(f"{BODY}\nRelated News\n- Ferry fares to rise\n{speech}") == [
        ("related articles", "Related News\n- Ferry fares to rise")
    ]


def test_a_comment_form_is_marked_to_the_end_of_the_text() -> None:
    form = "Leave a Reply\n\nYour name\n\nNice article, I was there myself last week.\n\n%d bloggers like this:"

    assert marked(f"{BODY}\n\n{form}\n") == [("comment form", form)]


def test_a_link_to_the_comments_above_the_body_marks_its_own_line_alone() -> None:
    assert marked(f"Leave a comment\n\n{BODY}\n") == [("comment form", "Leave a comment")]


def test_a_photo_credit_within_a_paragraph_is_marked_alone() -> None:
    credit = "(Photo by Sam Reed/Example Agency)"

    assert marked(f"The quay at dawn {credit} was empty. {BODY}") == [("caption", credit)]


def test_the_headline_repeated_above_the_text_is_marked_but_not_within_it() -> None:
    headline = "Easthaven closes its northern quay"
    text = f"{headline}\n\n{BODY}\n\n{headline}\n\n{BODY}"

    assert marked(text, headline=headline) == [("headline", headline)]
    assert marked(text) == []


def test_the_headline_with_a_section_after_it_is_marked() -> None:
    line = "Easthaven closes its northern quay | Harbour news"

    assert marked(f"{line}\n\n{BODY}", headline="Easthaven closes its northern quay") == [("headline", line)]
    assert marked(f"Share this:\n\n{line}\n\n{BODY}")[1] == ("page title", line)
    assert marked(f"{BODY}\n\n{line}") == []


def test_a_title_that_ends_in_the_name_of_the_outlet_is_marked() -> None:
    line = "Easthaven closes its quay - The Easthaven Example"

    assert marked(f"{line}\n{BODY}", source="The Easthaven Example") == [("page title", line)]
    assert marked(f"{line}\n{BODY}", source="Another Example") == []


def test_a_text_that_is_its_headline_alone_keeps_it() -> None:
    assert marked("Easthaven closes its quay on Monday", headline="Easthaven closes its quay on Monday") == []


@pytest.mark.parametrize(
    "line", ["By Jo Marsh", "By Jo Marsh and Sam Reed", "January 18, 2022", "Published: 18 January 2022 at 09:30 GMT"]
)
def test_byline_and_time_stamp_are_marked_above_the_body_only(line: str) -> None:
    assert [text for _, text in marked(f"{line}\n\n{BODY}")] == [line]
    assert marked(f"{BODY}\n\n{line}\n\n{BODY}") == []


def test_offsets_are_code_points_with_crlf_and_astral_characters() -> None:
    text = f"Fireworks 🎆🎇 over the quay delighted many.\r\n  Share this:  \r\n{BODY}\r\n"

    article = clean(an_article(text))

    assert isinstance(article, CleanArticle)
    assert article.text == text
    assert [(p.span.start, p.span.of(text)) for p in article.furniture] == [(text.index("Share"), "Share this:")]


def test_a_line_too_long_for_furniture_is_not_searched() -> None:
    assert marked("Photo: " + "word " * MAX_LINE) == []


@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                ["Share this:", "Related News", "- An item", "Leave a Reply", BODY, "", "  ", "(Photo by A/B)"]
            ),
            st.text(max_size=40),
        ),
        max_size=12,
    ),
    st.sampled_from(["\n", "\r\n", "\n\n", "\u2028"]),
)
@settings(max_examples=150, deadline=None)
def test_furniture_of_any_text_is_sorted_not_touching_and_within_the_text(lines: list[str], end: str) -> None:
    text = end.join(lines)

    article = clean(an_article(text, language="en"))

    assert isinstance(article, CleanArticle)
    assert article.text == text
    spans = [piece.span for piece in article.furniture]
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(0 <= span.start < span.end <= len(text) and span.of(text).strip() == span.of(text) for span in spans)


def test_a_text_in_another_language_is_refused_with_its_place_and_beginning() -> None:
    text = "Le maire a annoncé mardi que le quai nord du port serait fermé au mois de mars."

    refused = clean(an_article(text))

    assert isinstance(refused, Refused)
    assert (refused.place, refused.reason) == ("quay.txt", "unsupported-language")
    assert "'fr'" in refused.detail
    assert refused.content == text.encode()


def test_english_furniture_does_not_make_a_foreign_text_english() -> None:
    text = "Le maire a annoncé que le quai serait fermé.\n" + "Sign up to receive our latest news!\n" * 20

    assert isinstance(clean(an_article(text)), Refused)


def test_a_declared_language_that_is_not_spoken_is_refused() -> None:
    refused = clean(an_article(BODY, language="de-AT"))

    assert isinstance(refused, Refused)
    assert "declared" in refused.detail


def test_what_is_not_known_of_the_language_is_noted() -> None:
    short = clean(an_article("Yes."))
    unheard = clean(an_article(BODY, language="English"))

    assert isinstance(short, CleanArticle)
    assert (short.language, short.notes) == ("und", ("language undetermined: read as English",))
    assert isinstance(unheard, CleanArticle)
    assert (unheard.language, unheard.notes) == ("en", ("declared language is no BCP 47 tag",))


def test_every_rule_is_read_and_named() -> None:
    assert len(rules()) > 40
    assert {rule.reach for rule in rules()} == {"line", "list", "end", "top", "inside"}


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the shared sample articles are not beside this checkout")
def test_the_furniture_of_the_shared_samples_is_marked_and_nothing_else() -> None:
    paths = sorted((SHARED / "seeds").glob("0*.txt"))
    records = [record.item for record in read(paths, Defaults(), now=datetime.now(UTC))]

    marks = [[piece.rule for piece in clean(raw).furniture] for raw in records]

    assert marks == [
        [],
        ["caption"],
        ["related articles"],
        ["newsletter", "newsletter"],
        ["share buttons", "share buttons", "page title", "comment form"],
    ]
