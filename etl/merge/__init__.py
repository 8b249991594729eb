"""Which reports are one remark: (new and stored reports of one speaker) -> statements, each with its reports.

Not for: who speaks (etl.resolve), nor reading or writing rows (etl.load). The evidence for a pair depends on that pair
alone and clusters are a function of the set, so the order in which articles were loaded changes nothing.
"""

from etl.merge.clusters import Remark, remarks
from etl.merge.earlier import remarks_with_earlier
from etl.merge.scoring import Likeness, likeness, printed_likeness, same_words
from etl.merge.weights import FLOOR, JOIN
from etl.merge.wording import SAME_OCCASION, Printed, Wording, can_be_one_occasion, is_reprinted

__all__ = [
    "FLOOR",
    "JOIN",
    "SAME_OCCASION",
    "Likeness",
    "Printed",
    "Remark",
    "Wording",
    "can_be_one_occasion",
    "is_reprinted",
    "likeness",
    "printed_likeness",
    "remarks",
    "remarks_with_earlier",
    "same_words",
]
