"""Checks of a base: small named rules, problems as values, all of them at once."""
