"""Trains the selector and writes briefing/models/selector.int8.onnx: one command, end to end.

    python -m training.selection FA_KES.jsonl PATH/TO/polnear/train/text

Needs torch and the pinned wheel of base weights (as training.embedder does). What it learns from, and which
articles are kept apart, is told in selection_rows.py. On questions about those is printed how often the
sentence marked highest answers, and how well the highest mark tells a question that is answered from one that
is not: in the article alone, and among the sentences judged in others too. On two cores a pass takes 45
minutes. `--start` goes on from weights that a run before kept (`--keep`), with every layer at the same rate.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from briefing.writing.selection import WEIGHTS, model_inputs
from training.apart import is_apart
from training.checksums import MODELS, write_checksums
from training.embedder import fetch_parcel, open_parcel, read_safetensors
from training.encoder import published_weights
from training.encoder_graph import selector_model
from training.fitting import fit
from training.selection_rows import UNKNOWN, Lesson, lessons_of, read_corpus, read_rows
from training.selector_network import Selector

_RATE, _SIZE, _PASSES = 1e-4, 14, 2.0
_HEADS = ("encoder.types", "likeness", "alone")
_RIGHT_COUNTS = 2.0  # a sentence that answers, to one that does not: there are twenty of these to one
_KEPT = {True: 0.4, False: 0.7}  # of stretches without an answer: of an answered question, of another
_LISTED = 0.5  # what the order within a question counts, to the answers one by one
Asked = Sequence[Lesson]  # the lessons of one question


def pad(lessons: Sequence[Lesson]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Ids, types, shares (see Selector) and the answers, `UNKNOWN` behind a row's last."""
    inputs = model_inputs([lesson.reading for lesson in lessons])
    ids, types, shares = (torch.from_numpy(inputs[n]) for n in ("input_ids", "token_type_ids", "shares"))
    answers = torch.full((len(lessons), shares.shape[1] - 1), UNKNOWN)
    for row, lesson in enumerate(lessons):
        answers[row, : len(lesson.answers)] = torch.tensor(lesson.answers)
    return ids, types, shares, answers


def loss_of(model: Selector, questions: Sequence[Asked]) -> Tensor:
    """Cross-entropy of the sentences that were judged, and of finding the right ones of a question among all
    of its own (the marginal likelihood of ListNet's first place, Cao et al. 2007)."""
    ids, types, shares, answers = pad([lesson for lessons in questions for lesson in lessons])
    logits = model(ids, types, shares).float()
    judged = answers > UNKNOWN
    worth = torch.tensor(_RIGHT_COUNTS)
    each = functional.binary_cross_entropy_with_logits(logits[judged], answers[judged], pos_weight=worth)
    among, of_right = _masked(logits, judged), _masked(logits, answers > 0)
    firsts, begin = [], 0
    for lessons in questions:
        rows = slice(begin, begin := begin + len(lessons))
        if (answers[rows] > 0).any():
            firsts.append(among[rows].logsumexp((0, 1)) - of_right[rows].logsumexp((0, 1)))
    return each + _LISTED * torch.stack(firsts).mean() if firsts else each


def _masked(logits: Tensor, where: Tensor) -> Tensor:
    return torch.where(where, logits, -torch.inf)


def measure(model: Selector, questions: Sequence[Asked]) -> str:
    """Is the sentence marked highest right, and does the highest mark tell whether there is one? The latter
    is the best balanced accuracy over all bars."""
    model.eval()
    first: list[float] = []
    marks: dict[bool, list[float]] = {True: [], False: []}
    with torch.inference_mode():
        for lessons in questions:
            ids, types, shares, answers = pad(lessons)
            logits = _masked(model(ids, types, shares).float(), answers > UNKNOWN)
            answered = bool((answers > 0).any())
            marks[answered].append(float(logits.max()))
            if answered:
                first.append(float(answers.flatten()[logits.argmax()]))
    has, lacks = np.array(marks[True]), np.array(marks[False])
    best = max(((has > bar).mean() + (lacks <= bar).mean()) / 2 for bar in np.concatenate([has, lacks]))
    return (
        f"highest right {np.mean(first):.3f} of {len(first)}; answered or not {best:.3f} of {len(lacks)} not"
    )


def draw_questions(questions: Sequence[Asked], chance: random.Random) -> list[list[Asked]]:
    """Batches of whole questions, about `_SIZE` stretches each, without most of those that answer nothing."""
    found: list[list[Asked]] = []
    drawn: list[Asked] = []
    held = 0
    for lessons in chance.sample(questions, len(questions)):
        answered = any(max(lesson.answers) > 0 for lesson in lessons)
        kept = [one for one in lessons if max(one.answers) > 0 or chance.random() < _KEPT[answered]]
        if not kept:
            continue
        if drawn and held + len(kept) > _SIZE:
            found.append(drawn)
            drawn, held = [], 0
        drawn.append(kept)
        held += len(kept)
    return [*found, drawn] if drawn else found


def plan_passes(questions: Sequence[Asked], passes: float, chance: random.Random) -> list[list[Asked]]:
    """The batches of so many passes in turn, each drawn anew; of the last perhaps a part."""
    plan: list[list[Asked]] = []
    while passes > 0:
        drawn = draw_questions(questions, chance)
        plan += drawn[: round(len(drawn) * min(1.0, passes))]
        passes -= 1
    return plan


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("fa_kes", type=Path)
    parser.add_argument("polnear", type=Path, help="the texts of its training split")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--rate", type=float, default=_RATE)
    parser.add_argument("--passes", type=float, default=_PASSES, help="times over all questions")
    parser.add_argument("--wheel", type=Path, help="the wheel of base weights, where it is at hand already")
    parser.add_argument(
        "--keep", type=Path, default=Path("build/selector.pt"), help="where the weights are kept"
    )
    parser.add_argument("--start", type=Path, help="weights kept before, to go on from")
    return parser.parse_args()


def main() -> None:
    given = _read_arguments()
    with tempfile.TemporaryDirectory() as folder:
        raw, _ = open_parcel(given.wheel or fetch_parcel(Path(folder)))
    corpora = {"fa_kes": read_corpus(given.fa_kes), "polnear": read_corpus(given.polnear)}
    chance = random.Random(given.seed)
    torch.manual_seed(given.seed)
    learned: list[Asked] = []
    within: list[Asked] = []
    everywhere: list[Asked] = []
    for row in read_rows():
        lessons = list(lessons_of(row, corpora[row["on"]]))
        if is_apart(row["article"]):
            everywhere.append(lessons)
            within.append(list(lessons_of({**row, "elsewhere": {}}, corpora[row["on"]])))
        else:
            learned.append(lessons)
    model = Selector(read_safetensors(raw))
    if given.start:
        model.load_state_dict(torch.load(given.start))
    plan = plan_passes(learned, given.passes, chance)
    heads = () if given.start else _HEADS
    for line in fit(model, plan, lambda batch: loss_of(model, batch), given.rate, heads):
        print(line, flush=True)
    given.keep.parent.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), given.keep)
    print("within the article:", measure(model, within))
    print("with those judged in others:", measure(model, everywhere))
    state = {name.removeprefix("encoder."): tensor for name, tensor in model.state_dict().items()}
    (MODELS / WEIGHTS).write_bytes(selector_model(published_weights(state)))
    write_checksums()


if __name__ == "__main__":
    main()
