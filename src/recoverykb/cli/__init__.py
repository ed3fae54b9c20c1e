"""One thin module a command: parse, call, render. Nothing imports this package."""
