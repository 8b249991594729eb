"""One ONNX graph with 8-bit weights, read into memory and compiled by OpenVINO for this processor."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import openvino
from numpy.typing import NDArray
from openvino import opset8

Arrays = Mapping[str, NDArray[Any]]

# What OpenVINO says where memory is short: "std::bad_alloc", "Failed to allocate", "can't alloc", or of a thread.
_MEMORY_SHORT = re.compile(r"alloc|Resource temporarily unavailable")


class Graph:
    """A graph that is ready to run; one thread at a time may run it.

    precision: auto is 8-bit numbers where the processor multiplies them exactly, and bfloat16 between the products
    where it has that, about three times as fast; float32 rounds nothing to 8 bits: the same on every processor.
    """

    def __init__(self, path: Path, precision: str) -> None:
        core = openvino.Core()
        options: dict[str, object] = {"PERFORMANCE_HINT": "LATENCY"}
        with _shortage_told():
            model = core.read_model(str(path))
            if precision == "float32" or not exact_in_8_bits():
                leave_unrounded(model)
            if precision == "float32":
                options["INFERENCE_PRECISION_HINT"] = "f32"
            unpack(model)
            self._request = core.compile_model(model, "CPU", options).create_infer_request()

    def run(self, given: Arrays) -> list[NDArray[np.float32]]:
        """The outputs in their order, copied. Raises MemoryError where there is not enough memory for it."""
        with _shortage_told():
            results = self._request.infer(dict(given))
        return [np.array(results[k], np.float32) for k in range(len(results))]


@contextmanager
def _shortage_told() -> Iterator[None]:
    """What OpenVINO raises when memory is short is a MemoryError, as it is of everybody else."""
    try:
        yield
    except RuntimeError as error:
        if _MEMORY_SHORT.search(str(error)):
            raise MemoryError(str(error)) from error
        raise


@cache
def exact_in_8_bits() -> bool:
    """Whether products of 8-bit numbers are what they should be on this processor: makes one, of the largest.

    Without instructions of its own for them (VNNI) an x86 processor adds two products in 16 bits, and what does not
    fit is cut off without a word: 1,048,544 for 2,072,640 here.
    """
    side, least, most, weight = 64, np.float32(0), np.float32(255), 127
    given = opset8.parameter([side, side], np.float32)
    rounded = opset8.fake_quantize(given, least, most, least, most, 256)
    weights = opset8.convert(opset8.constant(np.full((side, side), weight, np.int8)), "f32")
    scaled = opset8.multiply(weights, opset8.constant(np.float32(1)))
    product = openvino.Model([opset8.matmul(rounded, scaled, False, True)], [given], "product")
    options = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": "f32"}
    made = openvino.Core().compile_model(product, "CPU", options)(np.full((side, side), most, np.float32))[0]
    return bool(np.allclose(made, most * weight * side))


def leave_unrounded(model: Any) -> None:
    """Takes out the steps that round to 8 bits what is multiplied with weights."""
    for node in model.get_ops():
        if not of_8_bits(node):
            continue
        rounded = node.input_value(0).get_node()
        while rounded.get_type_name() in ("Subtract", "Convert"):
            rounded = rounded.input_value(0).get_node()
        if rounded.get_type_name() == "FakeQuantize":  # A constant else: the weights themselves.
            for reader in node.output(0).get_target_inputs():
                reader.replace_source_output(rounded.input_value(0))


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
