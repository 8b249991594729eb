"""Which articles are one text: agency copy and its reprints, later versions, corrections. Pure functions, no database.

article -> edition (edition) -> keys by which a database finds candidates (bands) -> how likely two editions are one
text (scoring, by the table in weights) -> which is the original, which the copies and corrections (relations).
"""
