"""One module a rule; adding a module adds the rule, its page, and the demand for a test that provokes it.

Each has ``CODE``, ``SEVERITY``, ``TITLE``, a docstring that explains it, an ``EXAMPLE`` (pieces of files by
path: wrong, then right), ``MENDS`` where ``--fix`` may mend it, and one or more of three forms:

- ``check(item)`` looks at one record and yields findings;
- ``check_file(file)`` looks at the text of one file;
- ``Check``, an :class:`~recoverykb.check.context.Across`, judges records by one another: its ``facts(item)``
  notes what matters of one record, ``see`` gets that of each record in turn, and ``end`` says the rest.

What ``check``, ``check_file`` and ``facts`` say is kept until the file changes, or the program. So it must
follow from what they are given and from nothing else: other records, the layers below, the folder and the day
are for ``see`` and ``end``, which run at every check.
"""
