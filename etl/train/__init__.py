"""Commands that make the data files of etl/data from marked news; nothing of a run of Quoth imports them."""
