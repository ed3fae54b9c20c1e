"""Comparison tables: records side by side, services, evidence, one number over countries."""
