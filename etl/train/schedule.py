"""How fast which part of the network learns, and the average of its steps. Chosen on a quarter of train."""

from collections.abc import Iterator
from contextlib import contextmanager
from math import cos, pi

import torch
from torch import Tensor, nn
from torch.optim import AdamW
from torch.optim.lr_scheduler import LambdaLR

from etl.train.net import AttributionNet

SLOWER_BELOW = 0.85
"""Rate of a layer as a share of the one above it."""
WARM_UP = 0.06
"""Share of all steps in which the rate rises."""
DECAY = 0.01
KEPT = 0.998
"""Share of the average that a step leaves as it was, once enough steps were made."""


def optimizer(net: AttributionNet, rate: float, new_rate: float) -> AdamW:
    """Every weight that learns, layers near the words slower than those near the labels."""
    layers = len(net.encoder.blocks)
    groups = []
    for name, weight in net.named_parameters():
        if not weight.requires_grad:
            continue
        own = new_rate
        if name.startswith("encoder.blocks."):
            own = rate * SLOWER_BELOW ** (layers - 1 - int(name.split(".")[2]))
        elif name.startswith("encoder."):
            own = rate * SLOWER_BELOW**layers
        groups.append({"params": [weight], "lr": own, "weight_decay": DECAY if weight.ndim > 1 else 0.0})
    return AdamW(groups, betas=(0.9, 0.98))


def scheduler(given: AdamW, steps: int) -> LambdaLR:
    """Rates rise for a start, then fall like half a cosine."""

    def share(step: int) -> float:
        rise = min(1.0, (step + 1) / (WARM_UP * steps + 1))
        return rise * max(0.02, 0.5 * (1 + cos(pi * min(1.0, step / steps))))

    return LambdaLR(given, share)


class Average:
    """The running average of everything that learns: surer than the last step."""

    def __init__(self, net: nn.Module) -> None:
        self.net = net
        self.steps = 0
        self.shadow: dict[str, Tensor] = {
            name: weight.detach().clone() for name, weight in net.named_parameters() if weight.requires_grad
        }

    @torch.no_grad()
    def update(self) -> None:
        """Takes in the weights after a step."""
        self.steps += 1
        kept = min(KEPT, (1 + self.steps) / (10 + self.steps))
        for name, weight in self.net.named_parameters():
            if name in self.shadow:
                self.shadow[name].lerp_(weight, 1 - kept)

    @torch.no_grad()
    def swap(self) -> None:
        """Exchanges the weights of the net and the average."""
        for name, weight in self.net.named_parameters():
            if name in self.shadow:
                own = weight.detach().clone()
                weight.copy_(self.shadow[name])
                self.shadow[name] = own

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """The net with the average as its weights, for as long as it lasts."""
        self.swap()
        try:
            yield
        finally:
            self.swap()
