"""Exit 1 and name every source file of more than 400 lines: two ideas live in it."""

import sys
from pathlib import Path

LIMIT = 400

root = Path(__file__).resolve().parent.parent
long = [
    f"{path.relative_to(root)}: {count} lines, at most {LIMIT}; split it by idea."
    for folder in ("briefing", "tests", "bench")
    for path in sorted((root / folder).rglob("*.py"))
    if (count := len(path.read_text(encoding="utf-8").splitlines())) > LIMIT
]
print("\n".join(long) or f"file sizes: none over {LIMIT} lines")
sys.exit(bool(long))
