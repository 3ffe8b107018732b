"""Documents that can rot: what is generated is current, and the README shows what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from docs.generate import FOLDER, pages
from nncli.config.schema import validate

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["cli.md", "config.md"])
def test_page_is_current(name: str) -> None:
    written = (FOLDER / name).read_text(encoding="utf-8")
    assert written == pages()[name], "run `python -m docs.generate` (or `just docs`)"


def test_readmes_config_is_the_example() -> None:
    shown, columns = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    example = yaml.safe_load((ROOT / "configs" / "auto_mpg.yaml").read_text(encoding="utf-8"))
    assert yaml.safe_load(shown) | {"seed": example["seed"]} == example
    assert validate(example | yaml.safe_load(columns)).data is not None


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = [link for link in re.findall(r"\]\(([^)#]+)", text) if "://" not in link]
    assert [link for link in targets if not (ROOT / link).exists()] == []


def test_ci_finds_the_readmes_two_commands() -> None:
    pattern = re.search(r'grep -E "(.*)\$1"', (ROOT / ".ci" / "run").read_text(encoding="utf-8"))
    assert pattern is not None
    for goal in ("nncli train", "pytest"):
        assert len(re.findall(pattern[1] + goal, README, re.MULTILINE)) == 1
