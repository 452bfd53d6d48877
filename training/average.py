"""The mean of several checkpoints: ``python training/average.py OUT.pt CHECKPOINT.pt ...`` (Wortsman et al. 2022)."""

from __future__ import annotations

import sys

import torch


def main() -> None:
    out, *paths = sys.argv[1:]
    states = [torch.load(path, weights_only=True) for path in paths]
    mean = {
        name: sum(state[name].float() for state in states) / len(states) if value.is_floating_point() else value
        for name, value in states[0].items()
    }
    torch.save(mean, out)
    print(f"{out}: the mean of {len(states)} checkpoints")


if __name__ == "__main__":
    main()
