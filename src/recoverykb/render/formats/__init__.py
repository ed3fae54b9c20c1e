"""One module a format, each with ``render(document, screen) -> str``.

Adding a module adds the format: :mod:`recoverykb.render.registry` finds it by its name.
"""
