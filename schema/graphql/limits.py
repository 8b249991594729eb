"""How much one operation may ask for, and what each number guards."""

MAX_DEPTH = 15
"""Fields within fields; introspection is not counted."""

MAX_ALIASES = 30
"""Fields asked for under another name, in the whole document."""

MAX_TOKENS = 2_000
"""Words and signs of a document; GraphiQL's introspection has about 400."""

MAX_SELECTIONS = 2_000
"""Selections of a document once every fragment is written out where it is used (each fragment may use others twice)."""

MAX_STATEMENTS = 2_000
"""SQL statements of an operation."""

MAX_ROWS = 50_000
"""Rows read for an operation."""

DEFAULT_PAGE = 20
"""Elements of a list when neither first nor last is given."""

MAX_PAGE = 100
"""Elements of a list at most."""

MAX_IDS = 100
"""Ids or values in one list of a filter, and ids of nodes(ids:)."""

MAX_FILTERS = 50
"""Filters in a filter, however they are nested by and, or, not and report."""

MAX_FILTER_DEPTH = 8
"""Filters within filters."""

MAX_SEARCH_LENGTH = 200
"""Characters of a text to search for."""

MAX_SEARCH_TERMS = 20
"""Words and phrases of a text to search for."""

MAX_NAME_LENGTH = 200
"""Characters of a name to look up."""
