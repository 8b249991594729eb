"""The attribution network in torch, as it is trained; etl/train/export.py makes the ONNX graphs that ship of it.

Words are read in their context by a small pretrained encoder. A first look labels each word; a second one reads the
words again under an anchor (the first word of a cue) and labels what belongs to it. So contents may be split, one
speaker may have several cues in a sentence, and what belongs together needs no linking afterwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from etl.extract.learned.decode import LABELS
from etl.extract.learned.words import QUOTED, SHAPES, STARTS

# MiniLM-L6 (Wang et al. 2020): size of a state, attention heads, size of the inner layer, positions kept of its 512.
STATE, HEADS, INNER, POSITIONS = 384, 12, 1536, 320
EPSILON = 1e-12
FARTHEST = 48
"""Words between an anchor and a word beyond which all distances are one."""


@dataclass(frozen=True, slots=True)
class Design:
    """What is compared between networks.

    layers: of the encoder. of_pieces: how many of them read word pieces; those above read the first piece of each word
    alone. size: of a word's state after the encoder. again: layers that read again.
    """

    layers: int = 6
    of_pieces: int = 6
    size: int = 256
    again: int = 1
    dropout: float = 0.1


class Block(nn.Module):
    """A transformer layer as BERT has it. Source: Vaswani et al. 2017; Devlin et al. 2019."""

    def __init__(self, size: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.dropout = dropout
        self.qkv = nn.Linear(size, 3 * size)
        self.out = nn.Linear(size, size)
        self.first_norm = nn.LayerNorm(size, eps=EPSILON)
        self.up = nn.Linear(size, inner)
        self.down = nn.Linear(inner, size)
        self.last_norm = nn.LayerNorm(size, eps=EPSILON)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """states: (rows, length, size). mask: (rows, 1, 1, length), 0 or a large negative number."""
        rows, length, size = states.shape
        each = size // self.heads
        query, key, value = self.qkv(states).view(rows, length, 3, self.heads, each).permute(2, 0, 3, 1, 4).unbind(0)
        attention = torch.softmax((query @ key.transpose(-1, -2)) * each**-0.5 + mask, -1)
        read = (attention @ value).transpose(1, 2).reshape(rows, length, size)
        states = self.first_norm(states + dropped(self.out(read), self.dropout, self.training))
        inner = self.down(functional.gelu(self.up(states)))
        return self.last_norm(states + dropped(inner, self.dropout, self.training))


class Encoder(nn.Module):
    """Pieces -> states of their words' first pieces."""

    def __init__(self, pieces: int, layers: int, of_pieces: int, dropout: float) -> None:
        super().__init__()
        self.of_pieces = of_pieces
        self.dropout = dropout
        self.piece = nn.Embedding(pieces, STATE)
        self.position = nn.Parameter(torch.zeros(POSITIONS, STATE))
        self.norm = nn.LayerNorm(STATE, eps=EPSILON)
        self.blocks = nn.ModuleList(Block(STATE, HEADS, INNER, dropout) for _ in range(layers))

    def forward(self, pieces: Tensor, held: Tensor, first: Tensor) -> Tensor:
        """pieces: (rows, length) ids. held: (rows,) how many count. first: (rows, words) where words begin, else 0."""
        length = pieces.shape[1]
        states = self.norm(self.piece(pieces) + self.position[:length])
        states = dropped(states, self.dropout, self.training)
        mask = padding(held, length)
        if torch.is_autocast_enabled("cpu"):
            states, mask = states.bfloat16(), mask.bfloat16()
        for block in self.blocks[: self.of_pieces]:
            states = block(states, mask)
        states = torch.gather(states, 1, first[:, :, None].expand(-1, -1, STATE))
        mask = hidden(first == 0).to(states.dtype)
        for block in self.blocks[self.of_pieces :]:
            states = block(states, mask)
        return states


class AttributionNet(nn.Module):
    """The two looks. Label scores are not normalized."""

    def __init__(self, pieces: int, design: Design) -> None:
        super().__init__()
        size = design.size
        self.design = design
        self.encoder = Encoder(pieces, design.layers, design.of_pieces, design.dropout)
        self.shape = nn.Embedding(len(SHAPES), 16)
        self.quote = nn.Embedding(len(QUOTED), 8)
        self.start = nn.Embedding(len(STARTS), 8)
        self.inward = nn.Linear(STATE + 32, size)
        self.label = nn.Linear(size, len(LABELS))
        self.anchor = nn.Linear(size, size)
        self.distance = nn.Embedding(2 * FARTHEST + 1, size)
        self.likeness = nn.Linear(size, size, bias=False)
        self.norm = nn.LayerNorm(size, eps=EPSILON)
        self.again = nn.ModuleList(Block(size, 4, 2 * size, design.dropout) for _ in range(design.again))
        self.role = nn.Linear(size, len(LABELS))

    def look(
        self, pieces: Tensor, held: Tensor, first: Tensor, shape: Tensor, quote: Tensor, start: Tensor
    ) -> tuple[Tensor, Tensor]:
        """States of words, (rows, words, size), and scores of their labels, (rows, words, 7)."""
        read = self.encoder(pieces, held, first)
        print_of = torch.cat([self.shape(shape), self.quote(quote), self.start(start)], -1).to(read.dtype)
        states = functional.gelu(self.inward(torch.cat([read, print_of], -1)))
        states = dropped(states, self.design.dropout, self.training)
        return states, self.label(states)

    def roles(self, states: Tensor, lengths: Tensor, at: Tensor) -> Tensor:
        """Scores of the labels of each word under an anchor, (rows, words, 7).

        states: (rows, words, size), a row for each anchor. at: (rows,) which word is the anchor.
        """
        rows, words, size = states.shape
        anchor = torch.gather(states, 1, at[:, None, None].expand(rows, 1, size))
        apart = (torch.arange(words)[None] - at[:, None]).clamp(-FARTHEST, FARTHEST) + FARTHEST
        seen = self.norm(states + self.anchor(anchor) + self.distance(apart) + self.likeness(states * anchor))
        mask = padding(lengths, words).to(seen.dtype)
        for block in self.again:
            seen = block(seen, mask)
        scores: Tensor = self.role(seen)
        return scores


def padding(lengths: Tensor, width: int) -> Tensor:
    """(rows, 1, 1, width): 0 where a row still has something, a large negative number after it."""
    return hidden(torch.arange(width)[None] >= lengths[:, None])


def hidden(nothing: Tensor) -> Tensor:
    """(rows, 1, 1, width): what is added to attention so that it passes over places where there is nothing."""
    return (nothing.float() * -1e4)[:, None, None, :]


_CHANCE = np.random.Generator(np.random.SFC64(0))


def dropped(states: Tensor, share: float, training: bool) -> Tensor:
    """The states with a share of their numbers set to 0. torch's own takes longer than the layer, on a CPU."""
    if not training or not share:
        return states
    least = round(share * 256)
    kept = torch.from_numpy(np.frombuffer(_CHANCE.bytes(states.numel()), np.uint8).copy()).view(states.shape) >= least
    return states * (kept.to(states.dtype) * (256 / (256 - least)))


def seed(number: int) -> None:
    """Makes everything left to chance in a network repeatable."""
    global _CHANCE
    _CHANCE = np.random.Generator(np.random.SFC64(number))
    torch.manual_seed(number)


def pretrained(net: AttributionNet, folder: Path, kept: list[int]) -> None:
    """Fills the encoder with MiniLM's weights (model.safetensors of a folder); of its pieces those kept, in order.

    With fewer layers than its six, layers as far apart as possible are taken.
    """
    given: Mapping[str, Tensor] = load_file(folder / "model.safetensors")
    encoder = net.encoder
    with torch.no_grad():
        encoder.piece.weight.copy_(given["embeddings.word_embeddings.weight"][kept])
        # every text is of type 0
        position = given["embeddings.position_embeddings.weight"][:POSITIONS]
        encoder.position.copy_(position + given["embeddings.token_type_embeddings.weight"][0])
        copy(encoder.norm, given, "embeddings.LayerNorm")
        count = len(encoder.blocks)
        for number, block in enumerate(encoder.blocks):
            layer = f"encoder.layer.{number if count == 6 else round(number * 5 / max(1, count - 1))}"
            assert isinstance(block, Block)
            for kind in ("weight", "bias"):
                names = (f"{layer}.attention.self.{part}.{kind}" for part in ("query", "key", "value"))
                getattr(block.qkv, kind).copy_(torch.cat([given[name] for name in names]))
            copy(block.out, given, f"{layer}.attention.output.dense")
            copy(block.first_norm, given, f"{layer}.attention.output.LayerNorm")
            copy(block.up, given, f"{layer}.intermediate.dense")
            copy(block.down, given, f"{layer}.output.dense")
            copy(block.last_norm, given, f"{layer}.output.LayerNorm")


def copy(module: nn.Module, given: Mapping[str, Tensor], name: str) -> None:
    """Weight and bias of one module."""
    for kind in ("weight", "bias"):
        getattr(module, kind).copy_(given[f"{name}.{kind}"])
