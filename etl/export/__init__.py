"""The graph written out: etl.export.lines makes the lines, a module each kind, etl.export.output the file."""
