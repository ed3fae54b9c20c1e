"""Keeping a base: making one, adding, changing, verifying and comparing its records."""
