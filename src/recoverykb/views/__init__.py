"""Records in, plain documents out: no colours, no files, no look-ups by renderers."""
