"""Where output goes, as renderers need to know it."""

from typing import NamedTuple


class Screen(NamedTuple):
    """``width`` in columns, whether colour and styles are wanted, and whether Unicode can be shown."""

    width: int = 80
    colour: bool = False
    unicode: bool = True
