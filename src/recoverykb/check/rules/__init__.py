"""One module a rule; adding a module adds the rule, its page, and the demand for a test that provokes it.

Each has ``CODE``, ``SEVERITY``, ``TITLE``, a docstring that explains it, an ``EXAMPLE`` (pieces of files by
path: wrong, then right), ``MENDS`` where ``--fix`` may mend it, and one of three forms:

- ``check(item, context)`` looks at one record and yields findings;
- ``check_file(file, context)`` looks at the text of one file;
- ``Check``, an :class:`~recoverykb.check.context.Across`, sees every record, keeps what it needs, and judges
  them by one another.
"""
