"""Merging two people's edits of one record: by fields, not by lines."""
