"""Documents in, text out. Only :mod:`recoverykb.render.formats.table` knows Rich."""
