"""The scorers of the shared folder, where the checkout stands beside it."""

import importlib.util
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[4] / "shared"


def scorer(name: str):
    path = SHARED / "eval" / f"{name}.py"
    if not path.exists():
        pytest.skip("the shared folder is not beside this checkout")
    spec = importlib.util.spec_from_file_location(f"shared_{name}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def quotes():
    """The scorer of attributions."""
    return scorer("quotes")


@pytest.fixture(scope="session")
def shared_clusters():
    """The scorer of clusters."""
    return scorer("clusters")


@pytest.fixture(scope="session")
def polnear_lines():
    """The first lines of marked news for development."""
    path = SHARED / "data" / "polnear" / "dev.jsonl"
    if not path.exists():
        pytest.skip("the shared folder is not beside this checkout")
    return path.read_text(encoding="utf-8").splitlines()[:3]
