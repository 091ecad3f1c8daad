"""docs/risks.md and docs/algorithms.md are true: what they name is there."""

import re
from importlib import import_module
from pathlib import Path

from app.core.base.parts import third_party_parts

ROOT = Path(__file__).resolve().parents[2]
LEARNED = (
    "numpy",
    "scipy",
    "scikit",
    "torch",
    "tensorflow",
    "onnx",
    "transformers",
    "keras",
    "jax",
)


def rows(name: str) -> list[list[str]]:
    text = (ROOT / "docs" / name).read_text("utf-8")
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if re.match(r"\| [A-Z]-\d\d ", line)
    ]


def test_a11_01_each_high_risk_names_a_control_and_tests_that_are_there() -> None:
    risks = rows("risks.md")

    assert len(risks) >= 15
    assert len({row[0] for row in risks}) == len(risks)
    for number, _what, weight, control, shown, _remains in risks:
        named = re.findall(r"`(tests/[^`]+)`", shown)
        assert weight in {"high", "medium", "low"}
        assert [one for one in named if not (ROOT / one).is_file()] == [], number
        if weight == "high":
            assert control, number
            assert named, number


def test_a11_18_what_decides_is_listed_as_code_that_is_there_and_none_of_it_is_learned() -> None:
    algorithms = rows("algorithms.md")

    assert len(algorithms) >= 10
    for number, _what, _how, where, _who in algorithms:
        (named,) = re.findall(r"`([a-z_.]+)`", where)
        module, _dot, function = named.rpartition(".")
        assert hasattr(import_module(module), function), number
    parts = " ".join(part.name.casefold() for part in third_party_parts())
    assert [one for one in LEARNED if one in parts] == []
