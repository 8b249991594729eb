"""Matrices and what they are multiplied with as 8-bit numbers, in an ONNX graph: a quarter of the size, twice as fast.

Weights have a scale for each column; what they are multiplied with has one scale, measured on texts of train. A few
places of a state are twenty times as large as the others and would leave those nothing of 8 bits: each place is divided
by a factor that the weights are multiplied with. Source: Xiao et al. 2023, "SmoothQuant"; how much of the range moves
over to the weights is tried for each matrix.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import helper, numpy_helper
from torch import Tensor, nn

from etl.train.examples import Lesson
from etl.train.net import AttributionNet

Floats = NDArray[np.float32]

LEAST_PACKED = 4096
"""Numbers of a matrix under which packing it saves nothing."""
LARGEST = 127
KEPT = 60
"""Rows of a batch that are kept of what a matrix was multiplied with."""
MOVED = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Shares of the range of a place that may move over to the weights."""
CLIPPED = (1.0, 0.85, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2)
"""Shares of the largest number that may be the largest that 8 bits stand for."""
SELDOM = 99.95
"""Percentile over which a place's numbers are outliers."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a matrix was multiplied with. rows: some of it, (rows, places). largest: of each place, without its sign."""

    rows: Floats
    largest: Floats


@dataclass(frozen=True, slots=True)
class Packed:
    """How a matrix and what it is multiplied with become 8-bit numbers.

    weights: (places, columns) of 8 bits. scales: of each column. scale: of what is multiplied. factors: of each place,
    by which what is multiplied is divided first. error: variance of what goes wrong as a share of the result's.
    """

    weights: NDArray[np.int8]
    scales: Floats
    scale: float
    factors: Floats
    error: float


def seen(net: AttributionNet, batches: Iterable[Lesson]) -> dict[str, Seen]:
    """What each linear layer of a net, by its name in it, is given when it reads these batches."""
    kept: dict[str, list[tuple[Floats, Floats]]] = {}
    chance = torch.Generator().manual_seed(0)

    def watch(name: str, given: Tensor) -> None:
        rows = given.detach().float().flatten(0, -2)
        some = rows[torch.randint(len(rows), (min(KEPT, len(rows)),), generator=chance)]
        kept.setdefault(name, []).append((some.numpy(), rows.abs().amax(0).numpy()))

    hooks = [
        layer.register_forward_pre_hook(lambda _, given, name=name: watch(name, given[0]))
        for name, layer in net.named_modules()
        if isinstance(layer, nn.Linear)
    ]
    net.eval()
    with torch.inference_mode():
        for batch in batches:
            states, _ = net.look(**batch.columns)
            if len(batch.row):
                net.roles(states[batch.row], batch.lengths[batch.row], batch.at)
    for hook in hooks:
        hook.remove()
    return {
        name: Seen(np.concatenate([rows for rows, _ in parts]), np.max([most for _, most in parts], axis=0))
        for name, parts in kept.items()
    }


def packed(weights: Floats, given: Seen) -> Packed:
    """The best of all ways tried, by the error of the product. weights: (places, columns)."""
    result = given.rows @ weights
    usual = np.percentile(np.abs(given.rows), SELDOM, axis=0)
    range_of_place = np.maximum(np.maximum(usual, given.largest / 2), 1e-3)
    range_of_weights = np.abs(weights).max(1) + 1e-6
    best: Packed | None = None
    for moved in MOVED:
        factors = range_of_place**moved / range_of_weights ** (1 - moved) if moved else np.ones_like(range_of_place)
        factors = (factors / np.exp(np.log(factors).mean())).astype(np.float32)
        eight, scales = eight_bits(weights * factors[:, None], axis=1)
        rows = given.rows / factors
        most = max(float(np.abs(rows).max()), float((given.largest / factors).max()))
        for clipped in CLIPPED:
            scale = most * clipped / LARGEST
            found = (np.clip(np.rint(rows / scale), -LARGEST - 1, LARGEST) @ eight.astype(np.float32)) * scale * scales
            error = float(((found - result) ** 2).mean() / result.var())
            if best is None or error < best.error:
                best = Packed(eight, scales, scale, factors, error)
    assert best is not None
    return best


def eight_bits(weights: Floats, axis: int) -> tuple[NDArray[np.int8], Floats]:
    """A matrix as 8-bit numbers and the scale of each column (axis 1) or row (axis 0)."""
    scales = np.abs(weights).max(axis=1 - axis) / LARGEST
    scales[scales == 0] = 1
    over = np.expand_dims(scales, 1 - axis)
    return np.clip(np.rint(weights / over), -LARGEST, LARGEST).astype(np.int8), scales.astype(np.float32)


def quantize(graph: onnx.GraphProto, given: Mapping[str, Seen]) -> None:
    """Makes the graph multiply 8-bit numbers, and look up rows in tables of them, wherever that saves something."""
    matrices = {tensor.name: tensor for tensor in graph.initializer}
    nodes: list[onnx.NodeProto] = []
    tables: dict[str, list[onnx.NodeProto]] = {}
    for node in graph.node:
        place = {"MatMul": 1, "Gather": 0}.get(node.op_type)
        name = node.input[place] if place is not None else ""
        if name in matrices and name not in tables:
            weights = numpy_helper.to_array(matrices[name])
            if weights.ndim == 2 and weights.size >= LEAST_PACKED and weights.dtype == np.float32:
                if node.op_type == "Gather":
                    tables[name] = _table(graph, name, weights)
                else:
                    nodes += _product(graph, node, packed(weights, given[layer_of(node, given)]))
        nodes.append(node)
    nodes = [node for table in tables.values() for node in table] + nodes
    used = {name for node in nodes for name in node.input} - tables.keys()
    kept = [tensor for tensor in graph.initializer if tensor.name in used]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(nodes)
    graph.initializer.extend(kept)


def layer_of(node: onnx.NodeProto, given: Mapping[str, Seen]) -> str:
    """The name in the net of the layer a node was made of: /net/encoder/blocks.0/qkv/MatMul is encoder.blocks.0.qkv."""
    path = "." + node.name.strip("/").replace("/", ".").removesuffix(".MatMul")
    return max((name for name in given if path.endswith(f".{name}")), key=len)


def _table(graph: onnx.GraphProto, name: str, weights: Floats) -> list[onnx.NodeProto]:
    eight, scales = eight_bits(weights, axis=0)
    eights, scaled = _held(graph, f"{name}_8bit", eight), _held(graph, f"{name}_scale", scales)
    return [helper.make_node("DequantizeLinear", [eights, scaled], [name], axis=0)]


def _product(graph: onnx.GraphProto, node: onnx.NodeProto, made: Packed) -> list[onnx.NodeProto]:
    """The nodes before a product; the product itself takes what they give."""
    name = node.output[0]
    factors = _held(graph, f"{name}_factors", (1 / made.factors).astype(np.float32))
    scale = _held(graph, f"{name}_scale", np.float32(made.scale))
    zero = _held(graph, f"{name}_zero", np.int8(0))
    weights = _held(graph, f"{name}_weights", made.weights)
    scales = _held(graph, f"{name}_scales", made.scales)
    smooth, eight, given, columns = (f"{name}_{part}" for part in ("smooth", "8bit", "given", "columns"))
    before = [
        helper.make_node("Mul", [node.input[0], factors], [smooth]),
        helper.make_node("QuantizeLinear", [smooth, scale, zero], [eight]),
        helper.make_node("DequantizeLinear", [eight, scale, zero], [given]),
        helper.make_node("DequantizeLinear", [weights, scales], [columns], axis=1),
    ]
    node.input[0], node.input[1] = given, columns
    return before


def _held(graph: onnx.GraphProto, name: str, value: "NDArray[np.generic] | np.generic") -> str:
    """The name of a constant of the graph."""
    graph.initializer.append(numpy_helper.from_array(np.asarray(value), name))
    return name
