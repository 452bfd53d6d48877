"""Train the encoder and its heads: ``python training/train.py --data FOLDER --minilm FOLDER --out FOLDER``.

Reads polnear-train.jsonl and gum/ of the data folder. A checkpoint with averaged weights is written after each epoch;
``--resume`` carries on from one. On two cores an epoch takes eight to fifteen minutes.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import random
import time
from pathlib import Path

import torch
from corpora import gum, polnear
from model import Model
from safetensors.torch import load_file
from samples import IGNORE, NameSwap, Sample, samples_of
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from sayso.encoder.words import Vocabulary

GUM_DEV = frozenset(
    [
        "bio_byron",
        "bio_emperor",
        "interview_cyclone",
        "interview_gaming",
        "news_homeopathic",
        "news_iodine",
        "speech_impeachment",
        "speech_inauguration",
        "voyage_athens",
        "voyage_coron",
    ]
)
BATCH, GUM_BATCH, GUM_EVERY = 16, 12, 4
AVERAGE = 0.998


def held_out(name: str) -> bool:
    """One training text in twenty-five is kept for calibration."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 25 == 0


def stack(batch: list[Sample]) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """Pieces (B, L), features (3, B, L), attention bias (B, L), places of words (B, W), word mask (B, W)."""
    length, count = max(len(s.pieces) for s in batch), max(len(s.firsts) for s in batch)
    pieces = torch.zeros(len(batch), length, dtype=torch.long)
    features = torch.zeros(3, len(batch), length, dtype=torch.long)
    bias = torch.full((len(batch), length), -1e4)
    firsts = torch.zeros(len(batch), count, dtype=torch.long)
    mask = torch.zeros(len(batch), count, dtype=torch.bool)
    for n, s in enumerate(batch):
        pieces[n, : len(s.pieces)] = torch.tensor(s.pieces)
        features[:, n, : len(s.pieces)] = torch.tensor(s.features)
        bias[n, : len(s.pieces)] = 0
        firsts[n, : len(s.firsts)] = torch.tensor(s.firsts)
        mask[n, : len(s.firsts)] = True
    return pieces, features, bias, firsts, mask


def padded(rows: list[list[int]], width: int, fill: int) -> Tensor:
    return torch.tensor([r + [fill] * (width - len(r)) for r in rows])


def encode(model: Model, batch: list[Sample]) -> tuple[Tensor, Tensor]:
    pieces, features, bias, firsts, mask = stack(batch)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = model.encoder(pieces, features, bias.to(torch.bfloat16))
    words = hidden.float().gather(1, firsts[..., None].expand(-1, -1, hidden.shape[-1]))
    return words, mask


def link_loss(model: Model, words: Tensor, batch: list[Sample]) -> tuple[Tensor, int]:
    total, count = words.new_zeros(()), 0
    for n, sample in enumerate(batch):
        for links in sample.links:
            asking = model.heads.spans(words[n], torch.tensor(links.asking))
            if links.answering:
                answering = model.heads.spans(words[n], torch.tensor(links.answering))
                score = model.heads.scores(links.kind, asking, answering, torch.tensor(links.relations))
            else:
                score = model.heads.nothing[links.kind](asking)
            if links.kind == "coref":
                later = torch.ones(score.shape, dtype=torch.bool).triu(1)
                score = score.masked_fill(later, -1e4)
            right = torch.zeros(score.shape, dtype=torch.bool)
            for i, answers in enumerate(links.answers):
                right[i, [a + 1 for a in answers] or [0]] = True
            good = torch.logsumexp(score.masked_fill(~right, -1e4), 1)
            total = total + (torch.logsumexp(score, 1) - good).sum()
            count += len(links.asking)
    return total, count


def role_loss(model: Model, words: Tensor, mask: Tensor, batch: list[Sample]) -> Tensor:
    emissions = model.heads.roles(words)
    tags = padded([s.roles or [] for s in batch], mask.shape[1], 0)
    plain = F.cross_entropy(emissions[mask], tags[mask], label_smoothing=0.03)
    return model.heads.crf.loss(emissions, tags, mask) + 0.5 * plain


def gum_loss(model: Model, words: Tensor, mask: Tensor, batch: list[Sample]) -> Tensor:
    tags = padded([s.names or [] for s in batch], mask.shape[1], IGNORE)
    loss = F.cross_entropy(model.heads.name(model.heads.drop(words)).flatten(0, 1), tags.flatten(), ignore_index=IGNORE)
    vectors, types = [], []
    for n, s in enumerate(batch):
        if s.mentions:
            vectors.append(model.heads.spans(words[n], torch.tensor([m for m, _ in s.mentions])))
            types += [t for _, t in s.mentions]
    if vectors:
        loss = loss + 0.3 * F.cross_entropy(model.heads.mention(torch.cat(vectors)), torch.tensor(types))
    return loss


def batches(texts, vocabulary, rng, swap, size):
    pool = [s for t in texts for s in samples_of(t, vocabulary, rng, swap)]
    rng.shuffle(pool)
    return [pool[i : i + size] for i in range(0, len(pool) - size // 2, size)]


def optimiser(model: Model, peak: float) -> torch.optim.Optimizer:
    plain = [p for n, p in model.encoder.named_parameters() if p.ndim > 1]
    bare = [p for n, p in model.encoder.named_parameters() if p.ndim <= 1]
    return torch.optim.AdamW(
        [
            {"params": plain, "lr": peak, "weight_decay": 0.01},
            {"params": bare, "lr": peak, "weight_decay": 0.0},
            {"params": list(model.heads.parameters()), "lr": 5 * peak, "weight_decay": 0.01},
        ],
        betas=(0.9, 0.98),
    )


class Run:
    """One training run: the model, its running average, the optimiser and its plan."""

    def __init__(self, model: Model, peak: float, total: int) -> None:
        self.model, self.average = model, copy.deepcopy(model).eval()
        self.opt = optimiser(model, peak)
        warm = max(1, total // 16)
        self.plan = torch.optim.lr_scheduler.LambdaLR(
            self.opt, lambda s: min(1.0, (s + 1) / warm) * max(0.02, 1 - s / total)
        )
        self.step = self.epoch = 0

    def resume(self, path: Path) -> None:
        """Carry on from a checkpoint."""
        state = torch.load(path, weights_only=True)
        for name in ("model", "average", "opt", "plan"):
            getattr(self, name).load_state_dict(state[name])
        self.step, self.epoch = state["step"], state["epoch"]

    def save(self, folder: Path) -> None:
        """Write the checkpoint to resume from, and the averaged weights of this epoch."""
        parts = {name: getattr(self, name).state_dict() for name in ("model", "average", "opt", "plan")}
        torch.save({**parts, "step": self.step, "epoch": self.epoch}, folder / "last.pt")
        torch.save(self.average.state_dict(), folder / f"average-{self.epoch}.pt")

    def learn(self, news: list[Sample], trees: list[Sample] | None) -> dict[str, float]:
        """One step: attributions, and now and then names and coreference. Returns the losses."""
        words, mask = encode(self.model, news)
        links, count = link_loss(self.model, words, news)
        role = role_loss(self.model, words, mask, news)
        (role + 0.15 * links / max(count, 1)).backward()
        parts = {"role": role, "link": links / max(count, 1)}
        if trees:
            words, mask = encode(self.model, trees)
            named = gum_loss(self.model, words, mask, trees)
            links, count = link_loss(self.model, words, trees)
            (0.2 * named + 0.1 * links / max(count, 1)).backward()
            parts |= {"name": named, "coref": links / max(count, 1)}
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.opt.step()
        self.plan.step()
        self.opt.zero_grad(set_to_none=True)
        self.step += 1
        keep = min(AVERAGE, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for mine, theirs in zip(self.average.parameters(), self.model.parameters(), strict=True):
                mine.lerp_(theirs, 1 - keep)
        return {name: float(loss.detach()) for name, loss in parts.items()}


def one_epoch(run: Run, news: list[list[Sample]], trees: list[list[Sample]]) -> None:
    """All batches once, with a line of mean losses every twenty steps."""
    run.model.train()
    sums: dict[str, list[float]] = {}
    clock = time.time()
    for n, batch in enumerate(news):
        for name, loss in run.learn(batch, trees.pop() if n % GUM_EVERY == 0 and trees else None).items():
            sums.setdefault(name, []).append(loss)
        if n % 20 == 0:
            shown = {name: round(sum(v[-20:]) / len(v[-20:]), 4) for name, v in sums.items()}
            pace = round((time.time() - clock) / (n + 1), 2)
            print(json.dumps({"epoch": run.epoch, "step": n, "s": pace, **shown}), flush=True)
    run.epoch += 1


def arguments() -> argparse.Namespace:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", type=Path, required=True)
    ap.add_argument("--minilm", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--epochs", type=int, default=6)
    ap.add_argument("--peak", type=float, default=2.2e-4)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--resume", type=Path)
    return ap.parse_args()


def main() -> None:
    a = arguments()
    a.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(a.seed)
    torch.set_num_threads(a.threads)
    rng = random.Random(a.seed)
    vocabulary = Vocabulary.load(a.minilm / "vocab.txt")
    news = [t for t in polnear(a.data / "polnear-train.jsonl") if not held_out(t.id)]
    trees = [gum(p) for p in sorted((a.data / "gum").glob("*.conllu")) if p.stem[4:] not in GUM_DEV]
    swap = NameSwap(news + trees)
    model = Model()
    model.encoder.load_minilm(load_file(a.minilm / "model.safetensors"))
    per_epoch = len(batches(news, vocabulary, random.Random(0), swap, BATCH))
    run = Run(model, a.peak, per_epoch * a.epochs)
    if a.resume:
        run.resume(a.resume)
        rng.seed(a.seed + 1000 * run.epoch)
    print(f"{len(news)} articles, {len(trees)} GUM texts, {per_epoch} steps an epoch", flush=True)
    while run.epoch < a.epochs:
        queue = batches(trees, vocabulary, rng, swap, GUM_BATCH)
        one_epoch(run, batches(news, vocabulary, rng, swap, BATCH), queue)
        run.save(a.out)


if __name__ == "__main__":
    main()
