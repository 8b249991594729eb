"""The attribution model: Doc -> attributions, found by a network that was trained for it (etl/train)."""
