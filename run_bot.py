"""Starts the bot: the same as ``python -m bot run``."""

import sys

from bot.cli.main import main

if __name__ == "__main__":
    main(["run", *sys.argv[1:]])
