"""Products of 8-bit numbers are nearly what they were, and outliers take nothing from the rest. Needs torch, onnx."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is installed for training only")
onnx = pytest.importorskip("onnx", reason="onnx is installed for training only")

import openvino
from onnx import helper, numpy_helper

from etl.train.quantize import LARGEST, Seen, eight_bits, layer_of, packed, quantize

CHANCE = np.random.default_rng(0)


def numbers(*shape):
    return CHANCE.standard_normal(shape).astype(np.float32)


def test_largest_of_a_column_is_the_largest_of_8_bits():
    weights = np.array([[1.0, -4.0], [0.5, 2.0], [0.0, 0.0]], np.float32)

    eight, scales = eight_bits(weights, axis=1)

    assert eight.tolist() == [[LARGEST, -LARGEST], [64, 64], [0, 0]]
    assert np.abs(eight * scales - weights).max() < 4 / LARGEST


def test_place_twenty_times_as_large_as_the_others_moves_over_to_the_weights():
    rows, weights = numbers(400, 64), numbers(64, 96)
    rows[:, 7] *= 30

    made = packed(weights, Seen(rows, np.abs(rows).max(0)))

    plain = np.abs(rows).max() / LARGEST
    naive = ((np.rint(rows / plain) * plain) @ weights - rows @ weights).var() / (rows @ weights).var()
    assert made.factors[7] > 3 * np.median(made.factors)
    assert made.error < naive / 2 < 1e-2


def test_graph_multiplies_8_bit_numbers_and_gives_nearly_the_same(tmp_path):
    table, weights = numbers(300, 64), numbers(64, 128)
    graph = helper.make_graph(
        [
            helper.make_node("Gather", ["table", "ids"], ["rows"], name="/net/piece/Gather"),
            helper.make_node("MatMul", ["rows", "weights"], ["out"], name="/net/blocks.0/up/MatMul"),
        ],
        "graph",
        [helper.make_tensor_value_info("ids", onnx.TensorProto.INT64, [None])],
        [helper.make_tensor_value_info("out", onnx.TensorProto.FLOAT, [None, 128])],
        [numpy_helper.from_array(table, "table"), numpy_helper.from_array(weights, "weights")],
    )
    seen = Seen(table[:200], np.abs(table).max(0))

    quantize(graph, {"blocks.0.up": seen, "up": seen})

    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    onnx.checker.check_model(model)
    path = tmp_path / "graph.onnx"
    onnx.save(model, str(path))
    compiled = openvino.Core().compile_model(str(path), "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    found = compiled({"ids": np.arange(300)})[0]
    assert {tensor.name: tensor.data_type for tensor in graph.initializer if tensor.dims and len(tensor.dims) == 2} == {
        "table_8bit": onnx.TensorProto.INT8,
        "out_weights": onnx.TensorProto.INT8,
    }
    assert ((found - table @ weights) ** 2).mean() < 1e-3 * (table @ weights).var()


def test_layer_of_a_product_is_the_one_with_the_longest_name():
    node = helper.make_node("MatMul", ["a", "b"], ["c"], name="/net/encoder/blocks.3/out/MatMul")

    seen = Seen(numbers(1, 1), numbers(1))

    assert (
        layer_of(node, dict.fromkeys(("out", "encoder.blocks.3.out", "blocks.3.out"), seen)) == "encoder.blocks.3.out"
    )
