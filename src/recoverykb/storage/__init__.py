"""TOML files, layers, the compiled index and atomic writes."""
