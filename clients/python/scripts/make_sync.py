"""Writes src/kindred/_sync from src/kindred/_async, word by word, so that no call is written twice.

With --check it writes nothing and fails if it would have changed something.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "kindred"

WORDS = {
    r"\bawait asyncio\.sleep\b": "time.sleep",
    r"\bimport asyncio\b": "import time",
    r"\bawait ": "",
    r"\basync (def|with|for)\b": r"\1",
    r"\bhttpx\.AsyncClient\b": "httpx.Client",
    r"\bAsync(?=[A-Z])": "",
    r"\b_async\b": "_sync",
    r"\b__a(enter|exit)__\b": r"__\1__",
    r"\ba(close|read|iter_bytes)\b": r"\1",
    r"for asyncio\. Its twin.*\.\"\"\"": 'for threads: made from its twin by scripts/make_sync.py."""',
}


def translated(source: Path) -> str:
    """The same code without async, in the form that ruff gives it."""
    text = source.read_text("utf-8")
    for pattern, replacement in WORDS.items():
        text = re.sub(pattern, replacement, text)
    for command in (["check", "--select", "I", "--fix", "--quiet"], ["format", "--quiet"]):
        ruff = [sys.executable, "-m", "ruff", *command, "--stdin-filename", str(source), "-"]
        text = subprocess.run(ruff, input=text, text=True, capture_output=True, check=True).stdout
    return text


def main() -> int:
    """Writes or checks every file; the exit code is 1 if a check failed."""
    sources = sorted((PACKAGE / "_async").glob("*.py"))
    wanted = {PACKAGE / "_sync" / source.name: translated(source) for source in sources}
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text("utf-8") != text]
    if "--check" in sys.argv:
        names = ", ".join(path.name for path in stale)
        if stale:
            print(f"{names} in _sync differ from _async; run scripts/make_sync.py", file=sys.stderr)
        return 1 if stale else 0
    for path in stale:
        path.write_text(wanted[path], "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
