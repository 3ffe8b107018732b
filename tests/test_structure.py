"""The rules of how the code is laid out, checked on the syntax tree (late imports count too)."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "nncli").rglob("*.py"))
LONGEST = 250

MAY_IMPORT = {
    "errors": set(),
    "engine": {"errors"},
    "training": {"engine", "errors"},
    "data": {"errors", "engine.types", "engine.component"},
    "config": {"engine", "training", "data", "errors"},
    "json_text": set(),
    "runs": {"training", "engine", "errors", "json_text"},
    "reporting": {"training", "engine", "errors", "json_text"},
    "api": {"config", "data", "runs", "reporting", "training", "engine", "errors"},
    "__main__": {"cli"},
    "cli": {
        *("api", "config", "data", "runs", "reporting", "training", "engine", "errors"),
        "json_text",
    },
}
"""What each package may know besides itself, cli -> api -> {runs, reporting} -> training -> ..."""

ONLY_IN = {
    "rich": ("nncli.reporting.console", "nncli.cli"),
    "matplotlib": ("nncli.reporting.plots",),
    "pydantic": ("nncli.config",),
    "safetensors": ("nncli.runs",),
    "typer": ("nncli.cli",),
}
"""Libraries that only modules of these names may import."""


def name_of(path: Path) -> str:
    """Return a module's dotted name."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(tree: ast.Module) -> set[str]:
    """Return the dotted names of all modules (and names in modules) that are imported."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "relative imports hide where things come from"
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def trees() -> list[tuple[str, ast.Module]]:
    return [(name_of(path), ast.parse(path.read_text(encoding="utf-8"))) for path in MODULES]


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


TREES = trees()
everywhere = pytest.mark.parametrize(("name", "tree"), TREES, ids=[name for name, _ in TREES])


@everywhere
def test_imports_go_one_way(name: str, tree: ast.Module) -> None:
    package = name.partition(".")[2].split(".")[0]
    known = {package, "__version__"} | MAY_IMPORT.get(package, set())
    foreign = [
        imported
        for imported in imports(tree)
        if imported.startswith("nncli.")
        and not any(within(imported, f"nncli.{allowed}") for allowed in known)
    ]
    assert not foreign, f"{package} may import {sorted(known)}"


def test_every_package_has_its_rule() -> None:
    packages = {name.split(".")[1] for name, _ in TREES if "." in name}
    assert packages <= set(MAY_IMPORT)


@everywhere
def test_engine_knows_only_numpy_and_the_standard_library(name: str, tree: ast.Module) -> None:
    if within(name, "nncli.engine"):
        libraries = {imported.split(".")[0] for imported in imports(tree)}
        assert libraries <= {*sys.stdlib_module_names, "numpy", "nncli"}


@everywhere
def test_libraries_stay_where_they_belong(name: str, tree: ast.Module) -> None:
    libraries = {imported.split(".")[0] for imported in imports(tree)}
    for library in libraries & set(ONLY_IN):
        assert name.startswith(ONLY_IN[library]), f"{library} belongs in {ONLY_IN[library]}"


@everywhere
def test_module_says_why_it_exists(name: str, tree: ast.Module) -> None:
    assert ast.get_docstring(tree), f"{name} has no docstring"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_file_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_late_imports_are_seen() -> None:
    tree = ast.parse("import a.b\ndef f():\n    from c import d")
    assert imports(tree) == {"a.b", "c.d"}
