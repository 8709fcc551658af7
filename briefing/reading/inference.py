"""Opens the weights that ship with the package: ONNX sessions on the processor, and the tokenizer.

Each file is opened once a process, after its SHA-256 was compared with `checksums.json`: a file cut short
by a full disk is refused, never run.
"""

from __future__ import annotations

import hashlib
import json
import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.errors import ModelFileError

if TYPE_CHECKING:
    import onnxruntime
    from tokenizers import Tokenizer

MODELS = Path(__file__).resolve().parent.parent / "models"


@lru_cache
def open_session(
    file_name: str, threads: int | None = None, folder: Path = MODELS
) -> onnxruntime.InferenceSession:
    """The model in `folder`, ready to run on `threads` threads (two, or one where there is one processor).

    More threads do not help these small models, and waiting threads sleep instead of spinning, because the
    machine is shared with a browser. Raises ModelFileError when the file or onnxruntime is missing or
    damaged.
    """
    raw = _read_checked(folder / file_name)
    try:
        import onnxruntime
    except ImportError as error:
        raise ModelFileError(_unloadable("onnxruntime", error)) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or min(2, os.cpu_count() or 1)
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3  # errors only: it warns of every graphics card it does not find
    return onnxruntime.InferenceSession(raw, options, providers=["CPUExecutionProvider"])


@lru_cache
def load_tokenizer(folder: Path = MODELS) -> Tokenizer:
    """The word-piece tokenizer of all the models, with neither padding nor truncation.

    It is shared: do not change its settings. Raises ModelFileError as `open_session` does.
    """
    raw = _read_checked(folder / "tokenizer.json")
    try:
        from tokenizers import Tokenizer
    except ImportError as error:
        raise ModelFileError(_unloadable("tokenizers", error)) from error
    return Tokenizer.from_str(raw.decode("ascii"))


def _read_checked(path: Path) -> bytes:
    try:
        raw = path.read_bytes()
        listed = json.loads((path.parent / "checksums.json").read_text(encoding="utf-8"))
    except OSError as error:
        reason = error.strerror or "unreadable"
        raise ModelFileError(f"{error.filename}: {reason}; reinstall briefing to put it back") from error
    except ValueError:
        raise ModelFileError(f"{path.parent / 'checksums.json'} is damaged; reinstall briefing") from None
    if listed.get(path.name) != hashlib.sha256(raw).hexdigest():
        raise ModelFileError(
            f"{path} is damaged: its SHA-256 is not the one in checksums.json; reinstall briefing to mend it"
        )
    return raw


def _unloadable(package: str, error: ImportError) -> str:
    return f"{package} cannot be loaded ({error}); run: pip install --force-reinstall {package}"
