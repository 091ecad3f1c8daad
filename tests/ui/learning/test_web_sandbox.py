"""Without the engine's sandbox no package is opened, and the program goes on."""

import os
from pathlib import Path

import pytest

from app.ui.learning.web import sandbox
from app.ui.learning.web.sandbox import NoSandbox, require_sandbox

needs_linux = pytest.mark.skipif(os.name == "nt", reason="namespaces are of Linux")


@pytest.fixture
def ordinary_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QTWEBENGINE_DISABLE_SANDBOX", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)


@needs_linux
def test_root_opens_no_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QTWEBENGINE_DISABLE_SANDBOX", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    with pytest.raises(NoSandbox, match="not as root"):
        require_sandbox()


@needs_linux
@pytest.mark.parametrize(
    ("switches", "is_open"),
    [
        ({}, True),
        ({"clone": "1\n", "most": "63000"}, True),
        ({"clone": "0\n"}, False),
        ({"most": "0"}, False),
        ({"restricted": "1", "profile": "unconfined\n"}, False),
        ({"restricted": "1", "profile": "daksha (unconfined)\n"}, True),
    ],
)
def test_a_kernel_that_forbids_namespaces_opens_none(
    ordinary_user: None,
    switches: dict[str, str],
    is_open: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in switches.items():
        (tmp_path / name).write_text(value)
    monkeypatch.setattr(
        sandbox, "_FORBIDDING", ((str(tmp_path / "clone"), "0"), (str(tmp_path / "most"), "0"))
    )
    monkeypatch.setattr(sandbox, "_RESTRICTED_BY_PROFILE", str(tmp_path / "restricted"))
    monkeypatch.setattr(sandbox, "_OWN_PROFILE", str(tmp_path / "profile"))

    if is_open:
        require_sandbox()
    else:
        with pytest.raises(NoSandbox, match="namespaces"):
            require_sandbox()
