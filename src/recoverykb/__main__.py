"""``python -m recoverykb``."""

from recoverykb.cli.start import main

main()
