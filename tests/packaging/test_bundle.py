"""The built bundle holds what it may, nothing else, and stands on its own. `./run build` makes it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import VERSION
from app.core.base.installation import ABOUT, about, this_platform
from app.core.schema import HEAD
from installer.bundle import QT_MODULES, belongs, plugin_of, qt_module_of, unknown_files

ROOT = Path(__file__).resolve().parents[2]
BUNDLE = Path(os.environ.get("DAKSHA_BUNDLE", ROOT / "dist" / "daksha"))

GPL_QT = {
    "Charts", "ChartsQml", "DataVisualization", "DataVisualizationQml", "Graphs", "GraphsWidgets",
    "VirtualKeyboard", "VirtualKeyboardQml", "VirtualKeyboardSettings", "Quick3D", "QuickTimeline",
    "WaylandCompositor", "WaylandEglCompositorHwIntegration", "Lottie", "HttpServer", "NetworkAuth",
}  # fmt: skip
GPL_LIBRARIES = ("libx264", "libx265", "libpostproc", "libreadline", "libgdbm", "libvlc", "libdb-")


@pytest.fixture(scope="module")
def bundle() -> Path:
    """Return the folder of the bundle's libraries and data; skip when nothing was built."""
    if not BUNDLE.is_dir():
        pytest.skip("no bundle: ./run build makes dist/daksha")
    return BUNDLE / "_internal"


@pytest.fixture(scope="module")
def files(bundle: Path) -> list[str]:
    """Return the path within the bundle of every file that is not a link."""
    return [
        file.relative_to(bundle).as_posix()
        for file in bundle.rglob("*")
        if file.is_file() and not file.is_symlink()
    ]


@pytest.mark.frozen
def test_only_allowed_files_are_in_the_bundle(files: list[str]) -> None:
    assert unknown_files(files) == []


@pytest.mark.frozen
def test_no_gpl_library_is_in_the_bundle(files: list[str]) -> None:
    assert [file for file in files if qt_module_of(file) in GPL_QT] == []
    assert [file for file in files if Path(file).name.startswith(GPL_LIBRARIES)] == []


@pytest.mark.frozen
def test_no_link_leads_nowhere(bundle: Path) -> None:
    assert [link for link in bundle.rglob("*") if link.is_symlink() and not link.exists()] == []


@pytest.mark.frozen
@pytest.mark.skipif(sys.platform != "linux", reason="ldd is of Linux")
def test_every_library_finds_the_qt_libraries_it_links_to(bundle: Path) -> None:
    """A plug-in that cannot load says nothing: the player would simply not be there."""
    libraries = [str(file) for file in (bundle / "PySide6").rglob("*.so*") if not file.is_symlink()]

    found = subprocess.run(
        ["ldd", *libraries], capture_output=True, text=True, check=True, env={"PATH": os.defpath}
    )

    missing = {line.split()[0] for line in found.stdout.splitlines() if "not found" in line}
    assert {
        name for name in missing if name.startswith(("libQt6", "libav", "libsw", "libicu"))
    } == set()


@pytest.mark.frozen
@pytest.mark.parametrize(
    "path",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/multimedia/libffmpegmediaplugin.so",
        "PySide6/Qt/plugins/imageformats/libqsvg.so",
        "pymediainfo/libmediainfo.so.0",
        "app/core/schema/migrations/env.py",
        "resources/fonts",
        "LICENSE",
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="these are the names on Linux")
def test_what_is_loaded_by_name_is_in_the_bundle(bundle: Path, path: str) -> None:
    assert (bundle / path).exists()


@pytest.mark.frozen
def test_it_starts_without_the_source_and_without_any_python(bundle: Path, tmp_path: Path) -> None:
    answer = subprocess.run(
        [bundle.parent / "daksha", "version"],
        cwd=tmp_path,
        env={"HOME": str(tmp_path), "PATH": os.defpath, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.strip()


@pytest.mark.frozen
def test_it_says_which_version_it_is_and_its_list_of_hashes_holds_that(bundle: Path) -> None:
    said = about(bundle.parent)
    listed = (bundle / "program.sha256").read_text("utf-8")

    assert (said.version, said.schema, said.platform) == (VERSION, HEAD, this_platform())
    assert f"_internal/{ABOUT}" in listed


@pytest.mark.parametrize("module", sorted(GPL_QT))
def test_the_allow_list_keeps_gpl_modules_out(module: str) -> None:
    for path in (f"PySide6/Qt/lib/libQt6{module}.so.6", f"PySide6/Qt6{module}.dll"):
        assert not belongs(path, with_web=True)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("libstdc++.so.6", False),
        ("libgcc_s.so.1", False),
        ("libX11.so.6", False),
        ("libreadline.so.8", False),
        ("libvlc.so.5", False),
        ("libssl.so.3", True),
        ("libpython3.11.so.1.0", True),
        ("pillow.libs/libxcb-9065bb12.so.1.1.0", True),
        ("_cffi_backend.cpython-311-x86_64-linux-gnu.so", True),
        ("PySide6/Qt/qml/QtQuick/qmldir", False),
        ("PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so", False),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("PySide6/QtWidgets.abi3.so", True),
        ("PySide6/QtCharts.abi3.so", False),
        ("PySide6/Qt/libexec/QtWebEngineProcess", False),
        ("resources/fonts/Inter.ttf", True),
    ],
)
def test_the_allow_list_decides(path: str, expected: bool) -> None:
    assert belongs(path, with_web=False) is expected


def test_the_switch_for_web_lessons_lets_chromium_in() -> None:
    path = "PySide6/Qt/lib/libQt6WebEngineCore.so.6"

    assert belongs(path, with_web=True)
    assert not belongs(path, with_web=False)


def test_names_of_qt_files_are_read() -> None:
    assert qt_module_of("libQt6Core.so.6") in QT_MODULES
    assert qt_module_of("resources/Qt.svg") is None
    assert plugin_of("PySide6/Qt/plugins/tls/libqopensslbackend.so") == "tls/qopensslbackend"
