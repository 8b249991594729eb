"""The top-level names are ours, in any folder, whatever else is installed."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("name", ["api", "schema", "etl"])
def test_an_installed_script_imports_our_package_and_no_look_alike(name: str, tmp_path: Path) -> None:
    """PyPI has a `schema` of its own; a dependency that brought it would win over an editable install."""
    found = subprocess.run(
        [sys.executable, "-I", "-c", f"import {name}; print({name}.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )

    assert Path(found.stdout.strip()) == ROOT / name / "__init__.py"
