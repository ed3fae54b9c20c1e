"""One module a rule, each with ``CODE``, ``SEVERITY``, ``TITLE``, a docstring that explains it, and
``check(context)`` that yields problems. Adding a module adds the rule.
"""
