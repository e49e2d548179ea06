"""``python -m zhibiao``: the command line."""

from zhibiao.cli import main

main()
