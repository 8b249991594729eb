"""Who is the same person in different articles: the evidence, one module a kind. Nothing here reads a database."""
