"""Write docs/data-dictionary.md anew from the columns' definitions.

python scripts/make_dictionary.py
"""

from __future__ import annotations

from pathlib import Path

from zhibiao.formats.dictionary import make_dictionary

TARGET = Path(__file__).parents[1] / "docs" / "data-dictionary.md"

if __name__ == "__main__":
    TARGET.write_text(make_dictionary(), encoding="utf-8", newline="\n")
    print(TARGET)
