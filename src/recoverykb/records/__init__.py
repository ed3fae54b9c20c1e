"""What a record is. No input or output happens here, and nothing of ours is imported from above.

This package's ``__init__`` stays empty of imports: :mod:`~recoverykb.records.vocabulary` is read at
every start, the types of :mod:`~recoverykb.records.types` only where records are decoded.
"""
