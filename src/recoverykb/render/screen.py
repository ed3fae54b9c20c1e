"""Where output goes, as renderers need to know it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Screen:
    """``width`` in columns, whether colour and styles are wanted, and whether Unicode can be shown."""

    width: int = 80
    colour: bool = False
    unicode: bool = True
