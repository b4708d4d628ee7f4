"""Writes everything in docs/ that is made, and says what is other than it was."""

import sys
from pathlib import Path

from docs.making.everything import made

FOLDER = Path(__file__).parent.parent


def main() -> None:
    """Writes each file; one that is as it was is left alone."""
    for name, content in made().items():
        path = FOLDER / name
        if path.exists() and path.read_bytes() == content:
            continue
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        sys.stdout.write(f"docs/{name}\n")


if __name__ == "__main__":
    main()
