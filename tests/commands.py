"""Every command of `quoth`, those of command groups too ("people merge")."""

import argparse

from schema.cli import parser


def commands() -> dict[str, argparse.ArgumentParser]:
    """Each command's parser by its words."""
    return _of(parser(), "")


def _of(command: argparse.ArgumentParser, name: str) -> dict[str, argparse.ArgumentParser]:
    groups = [action for action in command._actions if isinstance(action, argparse._SubParsersAction)]
    # `quoth loads` does something by itself, `quoth people` does not.
    is_one = not groups or command.get_default("run") is not None
    found: dict[str, argparse.ArgumentParser] = {name.strip(): command} if is_one else {}
    for group in groups:
        for word, inner in group.choices.items():
            found |= _of(inner, f"{name} {word}")
    return found
