"""recoverykb: a command-line knowledge base of ways out of opioid dependence.

Data flows one way: TOML -> :mod:`records` -> :mod:`storage` (index) -> :mod:`search` or
look-up -> :mod:`views` -> :mod:`render` -> terminal or file. Only :mod:`cli` may import
everything; nothing imports :mod:`cli`.
"""

__version__ = "0.1.0"
