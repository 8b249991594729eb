"""One ONNX graph with 8-bit weights, read into memory and compiled by OpenVINO for this processor."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import openvino
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]


class Graph:
    """A graph that is ready to run; one thread at a time may run it.

    precision: auto is bfloat16 where the processor has it, which is about three times as fast; float32 elsewhere.
    """

    def __init__(self, path: Path, precision: str) -> None:
        core = openvino.Core()
        model = core.read_model(str(path))
        unpack(model)
        options: dict[str, object] = {"PERFORMANCE_HINT": "LATENCY"}
        if precision == "float32":
            options["INFERENCE_PRECISION_HINT"] = "f32"
        self._request = core.compile_model(model, "CPU", options).create_infer_request()

    def run(self, given: Arrays) -> list[NDArray[np.float32]]:
        """The outputs in their order, copied."""
        results = self._request.infer(dict(given))
        return [np.array(results[k], np.float32) for k in range(len(results))]


def unpack(model: Any) -> None:
    """Turns the 8-bit matrices of a model back into numbers once; else every run does it again.

    The table of word pieces stays as it is: a run looks up a few of its rows only.
    """
    for node in model.get_ops():
        if node.get_type_name() != "MatMul" or of_8_bits(node.input_value(0).get_node()):
            continue
        scaled = node.input_value(1).get_node()
        if scaled.get_type_name() != "Multiply":
            continue
        packed = scaled.input_value(0).get_node().input_value(0).get_node()
        scale, shape = scaled.input_value(1).get_node(), tuple(scaled.input_value(1).get_shape())
        while scale.get_type_name() != "Constant":
            scale = scale.input_value(0).get_node()
        weights = packed.data.astype(np.float32) * np.asarray(scale.data, np.float32).reshape(shape)
        node.input(1).replace_source_output(openvino.op.Constant(weights).output(0))


def of_8_bits(node: Any) -> bool:
    """Whether what a node gives was rounded to 8 bits."""
    if node.get_type_name() != "Multiply":
        return False
    shifted = node.input_value(0).get_node()
    if shifted.get_type_name() != "Subtract":
        return False
    return str(shifted.input_value(0).get_node().get_type_name()) == "Convert"
