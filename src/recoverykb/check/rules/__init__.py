"""One module a rule; adding a module adds the rule.

Each has ``CODE``, ``SEVERITY``, ``TITLE``, a docstring that explains it, and ``check(context, rule)``
that yields problems.
"""
