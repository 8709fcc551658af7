"""Lists the SHA-256 of every weights file, so that a damaged one is refused instead of giving nonsense.

python -m training.checksums
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

MODELS = Path(__file__).resolve().parent.parent / "briefing" / "models"


def write_checksums(folder: Path = MODELS) -> None:
    """Write `checksums.json` for every ONNX file and the tokenizer in `folder`; run it after remaking one."""
    paths = sorted([*folder.glob("*.onnx"), *folder.glob("tokenizer.json")])
    sums = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    text = json.dumps(sums, indent=1) + "\n"
    (folder / "checksums.json").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_checksums()
