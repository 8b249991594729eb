"""A training on its way: what has been learnt, and where in which epoch it stands; kept so that a kill costs little."""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch.nn import functional

from etl.extract.learned.decode import B_CUE
from etl.extract.learned.words import Vocabulary
from etl.train.examples import IGNORED, ROUND, Example, Lesson, Window, lesson, lessons
from etl.train.net import AttributionNet, seed
from etl.train.schedule import Average, optimizer, scheduler

CHECKPOINT_S = 300
"""Seconds of training that a kill may cost."""
WORDS_OF_ONE = 20
"""About as many words belong to an attribution; so both looks weigh alike."""
NEAR = 0.05
"""Probability over which a word nearly looks like an anchor."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a model is trained. part: every part-th article of train. pieces: of a batch, padding counted.

    rate: of the encoder's last layer, each one before it a little less; new_rate: of everything else. passages: how
    often each of our own passages is read in an epoch. near_misses: words that nearly look like an anchor, as many
    times the anchors at most.
    """

    epochs: int = 6
    part: int = 1
    longest: int = 190
    pieces: int = 4096
    rate: float = 1.5e-4
    new_rate: float = 1e-3
    passages: int = 2
    near_misses: float = 1.0
    seed: int = 1


class Progress:
    """The state of a training: net, average, optimizer, how many steps of which epoch are done, seconds spent on it."""

    def __init__(
        self, net: AttributionNet, plan: Plan, given: Sequence[Example], vocabulary: Vocabulary, path: Path
    ) -> None:
        self.net, self.plan, self.given, self.vocabulary, self.path = net, plan, given, vocabulary, path
        self.steps = plan.epochs * len(self._batches(0))
        self.optimizer = optimizer(net, plan.rate, plan.new_rate)
        self.scheduler = scheduler(self.optimizer, self.steps)
        self.average = Average(net)
        self.step = self.epoch = self.done = 0
        self.spent_s = 0.0
        self.saved_at = time.monotonic()

    def _batches(self, epoch: int) -> list[Sequence[Window]]:
        plan, chance = self.plan, random.Random(self.plan.seed * 1000 + epoch)
        return list(lessons(self.given, self.vocabulary, longest=plan.longest, pieces=plan.pieces, chance=chance))

    def rest_of_epoch(self) -> Iterator[Lesson]:
        """The batches of this epoch that have not been learnt, made one by one."""
        batches = self._batches(self.epoch)
        seed(self.plan.seed * 1000 + self.epoch)
        for held in batches[self.done :]:
            yield lesson(held, self.vocabulary)

    def learn(self, batch: Lesson) -> float:
        """One step; returns the loss."""
        self.net.train()
        value = loss(self.net, batch, self.plan, warm=self.step * 2 > self.steps // self.plan.epochs)
        value.backward()
        torch.nn.utils.clip_grad_norm_([p for p in self.net.parameters() if p.grad is not None], 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.scheduler.step()
        self.average.update()
        self.step += 1
        self.done += 1
        if time.monotonic() - self.saved_at > CHECKPOINT_S:
            self.save()
        return float(value.detach())

    def end_epoch(self) -> None:
        """Begins the next epoch."""
        self.epoch += 1
        self.done = 0
        self.save()

    def save(self) -> None:
        """Writes the checkpoint, whole or not at all."""
        self.spent_s += time.monotonic() - self.saved_at
        self.saved_at = time.monotonic()
        partial = self.path.with_suffix(".partial")
        torch.save(
            {
                "net": self.net.state_dict(),
                "average": (self.average.shadow, self.average.steps),
                "optimizer": self.optimizer.state_dict(),
                "scheduler": self.scheduler.state_dict(),
                "at": (self.step, self.epoch, self.done, self.spent_s),
            },
            partial,
        )
        partial.replace(self.path)

    def resume(self) -> None:
        """Takes up the checkpoint of the same plan, where there is one."""
        if not self.path.exists():
            return
        kept = torch.load(self.path)
        self.net.load_state_dict(kept["net"])
        self.average.shadow, self.average.steps = kept["average"]
        self.optimizer.load_state_dict(kept["optimizer"])
        self.scheduler.load_state_dict(kept["scheduler"])
        self.step, self.epoch, self.done, self.spent_s = kept["at"]
        self.saved_at = time.monotonic()


def loss(net: AttributionNet, batch: Lesson, plan: Plan, *, warm: bool) -> torch.Tensor:
    """What both looks get wrong. warm: the first look is good enough to say which words nearly look like anchors."""
    with torch.autocast("cpu", torch.bfloat16):
        states, labels = net.look(**batch.columns)
    labels = labels.float()
    first = functional.cross_entropy(labels.flatten(0, 1), batch.labels.flatten(), ignore_index=IGNORED)
    row, at, roles = batch.row, batch.at, batch.roles
    if warm and plan.near_misses:
        row, at, roles = with_near_misses(batch, torch.softmax(labels.detach(), -1)[:, :, B_CUE], plan.near_misses)
    if not len(row):
        return first
    with torch.autocast("cpu", torch.bfloat16):
        scores = net.roles(states[row], batch.lengths[row], at).float()
    each = functional.cross_entropy(scores.flatten(0, 1), roles.flatten(), ignore_index=IGNORED, reduction="sum")
    return first + each / (WORDS_OF_ONE * len(row))


def with_near_misses(
    batch: Lesson, anchors: torch.Tensor, times: float
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Anchors, and words taken for one: nothing belongs to those."""
    near = ((anchors > NEAR) & (batch.labels != B_CUE) & (batch.labels != IGNORED)).nonzero()
    real = int((batch.roles != IGNORED).any(1).sum())
    # in whole rounds: the sizes torch prepares itself for come again
    count = min(len(near), int(times * real)) // ROUND * ROUND
    if not count:
        return batch.row, batch.at, batch.roles
    near = near[torch.randperm(len(near))[:count]]
    nothing = torch.where(torch.arange(batch.roles.shape[1])[None] < batch.lengths[near[:, 0], None], 0, IGNORED)
    return (
        torch.cat([batch.row, near[:, 0]]),
        torch.cat([batch.at, near[:, 1]]),
        torch.cat([batch.roles, nothing]),
    )
