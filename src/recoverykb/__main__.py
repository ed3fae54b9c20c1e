"""``python -m recoverykb``."""

from recoverykb.cli.main import main

main()
