"""What two names side by side say for and against one bearer: each function one question, its answer 0 for no."""

import math
from collections.abc import Sequence

from etl.identify.lists import given_names
from etl.identify.name_alignment import Alignment, Pair
from etl.identify.name_parts import Name, Word
from etl.identify.name_words import are_known_apart, is_nickname, is_patronymic

_ANOTHER_NAME = 0.67
_WIDTH = 0.04
"""Where between a slip of the pen (likeness 0.8) and another name (0.5) the border is, and how wide."""

_MANY = 2
"""More names apart, or more names on one side, than this say nothing more."""

_NUMBER_LEFT_OUT = 0.3


def another_name(sides: Alignment) -> float:
    """Names beside each other that are not spellings of one, 0 to 2."""
    return min(_MANY, sum(difference(pair) for pair in (*sides.names, *sides.apart)))


def spelled_apart(sides: Alignment) -> float:
    """How far the spellings of the same names are from each other, 0 to 1: the farthest."""
    return max((1 - pair.likeness for pair in sides.names if not _is_nickname(pair)), default=0.0)


def syllable_differs(sides: Alignment) -> float:
    """Whether a given name of few syllables, as in China and Korea, is another by a letter ("Li Peng", "Li Ping")."""
    is_family_first = sides.a.is_family_first and sides.b.is_family_first
    return float(is_family_first and any(pair.likeness < 1 and not _is_first(pair) for pair in sides.names))


def more_names(sides: Alignment) -> float:
    """Names that one side has more ("Dmitry Anatolyevich Medvedev"), 0 to 2; an initial is half a name."""
    return min(_MANY, sum(0.5 if word.is_initial else 1.0 for word in sides.extra))


def one_name_only(sides: Alignment) -> float:
    """Whether one side is known by one name where the other has several ("Obama")."""
    fewer, more = sorted((len(sides.a.names), len(sides.b.names)))
    return float(fewer == 1 and more > 1 and bool(sides.extra))


def no_full_name(sides: Alignment) -> float:
    """Whether nothing but initials agrees ("J.O.")."""
    return float(not any(_is_full(pair) for pair in sides.names))


def initial_for_name(sides: Alignment) -> float:
    """Whether an initial stands for the first name of the other side ("J. Okafor")."""
    return float(initial_pair(sides) is not None)


def initial_for_last_name(sides: Alignment) -> float:
    """Whether a middle initial of one stands beside the last name of the other ("Paul R. Pillar", "Paul Ryan")."""
    return float(
        any(
            (
                pair.left.is_initial
                and not pair.right.is_initial
                and _ends(pair.b, sides.b)
                and not _ends(pair.a, sides.a)
            )
            or (
                pair.right.is_initial
                and not pair.left.is_initial
                and _ends(pair.a, sides.a)
                and not _ends(pair.b, sides.b)
            )
            for pair in sides.names
        )
    )


def nickname(sides: Alignment) -> float:
    """Whether a given name is a short form of the other's ("Bill", "William")."""
    return float(nickname_pair(sides) is not None)


def known_apart(sides: Alignment) -> float:
    """Whether well-known given names that look alike are different ("Daniel", "Donald")."""
    return float(known_apart_pair(sides) is not None)


def middle_differs(sides: Alignment) -> float:
    """Whether the middle initials begin differently ("George W. Bush", "George H.W. Bush")."""
    a, b = _middle(sides.a), _middle(sides.b)
    if not (a and b and (a[0].is_initial or b[0].is_initial)):
        return 0.0
    return float(a[0].text[0] != b[0].text[0])


def generation_differs(sides: Alignment) -> float:
    """Whether they are of different generations ("Donald Trump", "Donald Trump Jr."); one name alone does not tell.

    A number that one side leaves out ("John McCain III") is a weaker sign than Jr. or Sr.
    """
    a, b = sides.a, sides.b
    if a.generation == b.generation or (min(len(a.names), len(b.names)) == 1 and not (a.generation and b.generation)):
        return 0.0
    is_told = bool(a.generation and b.generation) or not {"jr", "sr"}.isdisjoint((a.generation, b.generation))
    return 1.0 if is_told else _NUMBER_LEFT_OUT


def father_and_son(sides: Alignment) -> float:
    """Whether one is the other's father by name ("Hassan bin Ali", "Ali bin Hassan")."""
    pairs = [pair for pair in sides.names if pair.left.is_father is not pair.right.is_father]
    return float(any(pair.left.is_father for pair in pairs) and any(pair.right.is_father for pair in pairs))


def patronymic_for_name(sides: Alignment) -> float:
    """Whether a name of one stands as a patronymic in the other ("Ivan", "Ivanovych")."""
    return float(
        any(
            is_patronymic(pair.left.text) is not is_patronymic(pair.right.text) and not _is_last(pair, sides)
            for pair in sides.names
            if _is_full(pair)
        )
    )


def other_order(sides: Alignment) -> float:
    """Whether the same names stand in another order ("Lavrov Sergei")."""
    places = [pair.b for pair in sides.names]
    return float(places != sorted(places))


def given_names_swapped(sides: Alignment) -> float:
    """Whether the other order makes another name, of names that are given to people ("James Scott", "Scott James")."""
    words = (*sides.a.names, *sides.b.names)
    # "bin Ali Hassan" says itself which name is whose.
    is_open = all(word.text in given_names() and not word.is_father for word in words)
    return float(is_open and len(sides.names) > 1 and bool(other_order(sides)))


def farthest(sides: Alignment) -> Pair | None:
    """The names beside each other that are least alike; the first of several."""
    return min((*sides.names, *sides.apart), key=lambda pair: pair.likeness, default=None)


def initial_pair(sides: Alignment) -> Pair | None:
    """The initial that stands for a first name, and that name."""
    return next((pair for pair in sides.names if _is_first(pair) and not (_is_full(pair) or _is_initials(pair))), None)


def nickname_pair(sides: Alignment) -> Pair | None:
    """The short form of a given name, and the name or another short form."""
    return next((pair for pair in sides.names if _is_nickname(pair)), None)


def known_apart_pair(sides: Alignment) -> Pair | None:
    """The well-known given names that look alike."""
    return next((pair for pair in sides.names if are_known_apart(pair.left.text, pair.right.text)), None)


def place_of(pair: Pair, sides: Alignment) -> str:
    """Which name of a person the pair is: "given", "family", or "" where they are not of one place or it is between."""
    is_first, is_last = _is_first(pair), _is_last(pair, sides)
    is_family_first = sides.a.is_family_first and sides.b.is_family_first
    if is_first is is_last:
        return ""
    return "family" if is_first is is_family_first else "given"


def difference(pair: Pair) -> float:
    """How surely two words are not spellings of one name, 0 to 1."""
    if _is_nickname(pair):
        return 0.0
    return 1 / (1 + math.exp((pair.likeness - _ANOTHER_NAME) / _WIDTH))


def _is_full(pair: Pair) -> bool:
    return not (pair.left.is_initial or pair.right.is_initial)


def _is_initials(pair: Pair) -> bool:
    return pair.left.is_initial and pair.right.is_initial


def _is_first(pair: Pair) -> bool:
    return pair.a[0] == 0 and pair.b[0] == 0


def _is_last(pair: Pair, sides: Alignment) -> bool:
    return _ends(pair.a, sides.a) and _ends(pair.b, sides.b)


def _ends(place: tuple[int, int], name: Name) -> bool:
    """Whether the words from one place to another are the last of the name."""
    return place[1] == len(name.words)


def _is_nickname(pair: Pair) -> bool:
    return is_nickname(pair.left.text, pair.right.text)


def _middle(name: Name) -> Sequence[Word]:
    return name.names[1:-1]
