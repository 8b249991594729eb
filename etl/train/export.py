"""A trained net -> the files that ship: two ONNX graphs of 8-bit numbers, the vocabulary, settings and figures."""

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

import onnx
import torch
from torch import Tensor, nn

from etl.evaluate.calibration import Answer, calibration, picture
from etl.extract.learned.component import Attributor
from etl.extract.learned.network import ENCODER, ROLES, SETTINGS, VOCABULARY, Network, Settings
from etl.train.calibrate import calibrated, weighed
from etl.train.examples import Lesson
from etl.train.net import AttributionNet
from etl.train.quantize import Seen, quantize, seen
from etl.train.trial import UNCALIBRATED, Found, Trial, chosen, rightness

LOOK_INPUTS = ("pieces", "held", "first", "shape", "quote", "start")
ROLE_INPUTS = ("states", "lengths", "at")
OPSET = 17


class Look(nn.Module):
    """The first look with log-probabilities."""

    def __init__(self, net: AttributionNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, *columns: Tensor) -> tuple[Tensor, Tensor]:
        """LOOK_INPUTS -> states, labels."""
        states, labels = self.net.look(*columns)
        return states, torch.log_softmax(labels, -1)


class Roles(nn.Module):
    """The second look with log-probabilities."""

    def __init__(self, net: AttributionNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, states: Tensor, lengths: Tensor, at: Tensor) -> Tensor:
        """ROLE_INPUTS -> labels."""
        return torch.log_softmax(self.net.roles(states, lengths, at), -1)


def write_model(
    net: AttributionNet,
    trial: Trial,
    vocabulary: Path,
    out: Path,
    made: Mapping[str, Any],
    samples: Iterable[Lesson],
) -> None:
    """Writes the model to a folder: graphs, vocabulary, settings chosen on dev, how it was made and what it reaches.

    made: plan, versions and whatever else a reader of the model's card wants to know. samples: batches of train, for
    the ranges of what the net computes.
    """
    out.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(vocabulary, out / VOCABULARY)
    graphs(net, out, seen(net.eval().float(), samples))
    files = {name: sha256((out / name).read_bytes()).hexdigest() for name in (ENCODER, ROLES, VOCABULARY)}
    settings = Settings(name_of(files), trial.longest, trial.settings().least_anchor, 0.0, UNCALIBRATED, files)
    write_settings(settings, out)

    found = trial.read(Attributor(Network(out)))
    weights = calibrated(found, UNCALIBRATED)
    found = [weighed(one, weights) for one in found]
    least, figures = trial.best(found)
    settings = Settings(settings.name, settings.longest, settings.least_anchor, least, weights, files)
    write_settings(settings, out)
    answers = answers_of(found[1::2], least)
    measured = calibration(answers)
    (out / "calibration.svg").write_text(picture(measured), encoding="utf-8")
    report = {
        **made,
        "parameters": sum(weight.numel() for weight in net.parameters()),
        "bytes": sum((out / name).stat().st_size for name in files),
        "dev": {name: round(100 * value, 1) for name, value in figures.items()},
        "expected_calibration_error": round(measured.error, 4),
    }
    (out / "training.json").write_text(json.dumps(report, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(
        json.dumps(report["dev"]), "calibration error", report["expected_calibration_error"], "bytes", report["bytes"]
    )


def answers_of(found: list[Found], least: float) -> list[Answer]:
    """The chosen attributions of these articles and whether each is right."""
    made = []
    for one in found:
        marked = chosen([one], least)[one.article.id]
        made += [
            Answer(each.confidence or 0.0, right) for each, right in zip(marked, rightness(one, marked), strict=True)
        ]
    return made


def name_of(files: Mapping[str, str]) -> str:
    """A name that is another one whenever a file of the model is."""
    told = "".join(files[name] for name in sorted(files))
    return f"quoth-attribution {sha256(told.encode()).hexdigest()[:8]}"


def write_settings(settings: Settings, out: Path) -> None:
    """The settings as Network reads them."""
    (out / SETTINGS).write_text(json.dumps(asdict(settings), indent=1) + "\n", encoding="utf-8")


def graphs(net: AttributionNet, out: Path, given: Mapping[str, Seen]) -> None:
    """Both looks as ONNX, products of 8-bit numbers. given: what the layers of the net are given."""
    net = net.eval().float()
    rows, words, pieces = 2, 11, 17
    columns = {
        "pieces": torch.ones(rows, pieces, dtype=torch.long),
        "held": torch.tensor([pieces, pieces - 2]),
        **{name: torch.zeros(rows, words, dtype=torch.long) for name in ("first", "shape", "quote", "start")},
    }
    wide = {name: {0: "rows", 1: "length" if name == "pieces" else "words"} for name in columns}
    wide["held"] = {0: "rows"}
    written(
        Look(net),
        tuple(columns[name] for name in LOOK_INPUTS),
        LOOK_INPUTS,
        {"states": {0: "rows", 1: "words"}, "labels": {0: "rows", 1: "words"}},
        wide,
        out / ENCODER,
        given,
    )
    anchors = (torch.zeros(3, words, net.design.size), torch.tensor([11, 9, 4]), torch.tensor([1, 2, 3]))
    written(
        Roles(net),
        anchors,
        ROLE_INPUTS,
        {"labels": {0: "rows", 1: "words"}},
        {"states": {0: "rows", 1: "words"}, "lengths": {0: "rows"}, "at": {0: "rows"}},
        out / ROLES,
        given,
    )


def written(
    module: nn.Module,
    example: tuple[Tensor, ...],
    inputs: tuple[str, ...],
    outputs: Mapping[str, dict[int, str]],
    axes: Mapping[str, dict[int, str]],
    path: Path,
    given: Mapping[str, Seen],
) -> None:
    """One graph, its large products of 8-bit numbers."""
    whole = path.with_suffix(".whole.onnx")
    torch.onnx.export(
        module.eval(),
        example,
        str(whole),
        input_names=list(inputs),
        output_names=list(outputs),
        dynamic_axes={**axes, **outputs},
        opset_version=OPSET,
        dynamo=False,
    )
    model = onnx.load(str(whole))
    whole.unlink()
    quantize(model.graph, given)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
