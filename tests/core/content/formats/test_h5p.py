"""H5P: every file that would keep it from being shown is named."""

from pathlib import Path

import pytest

from app.core.base.progress import NoProgress
from app.core.content import H5pContent, LookedOver, look_over
from tests.support.archives import zip_at
from tests.support.packages import h5p

LIBRARY = "H5P.Card-1.2/library.json"


def looked(folder: Path, **changes: str | bytes) -> LookedOver:
    return look_over(zip_at(folder / "card.h5p", h5p(**changes)), NoProgress())


def test_what_is_read(tmp_path: Path) -> None:
    manifest = looked(tmp_path).manifest
    assert manifest is not None

    assert (manifest.title, manifest.language, manifest.edition) == ("Fire safety", "en", "1.19")
    assert manifest.read(H5pContent) == H5pContent(main_library="H5P.Card 1.2", license="U")
    assert [one.launch for one in manifest.launchable] == ["h5p.json"]


def library(**changes: object) -> str:
    said = {"title": '"Card"', "machineName": '"H5P.Card"', "majorVersion": "1"}
    said.update(minorVersion="2", patchVersion="0", **{k: str(v) for k, v in changes.items()})
    return "{" + ", ".join(f'"{key}": {value}' for key, value in said.items() if value) + "}"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("h5p.json", "{};", "not valid JSON"),
        ("h5p.json", '{"title": "x"}', "which library"),
        ("h5p.json", '{"mainLibrary": "H5P.Card"}', "which libraries it needs"),
        (LIBRARY, "{", "not valid JSON"),
        (LIBRARY, library(title=""), "title is missing"),
        (LIBRARY, library(majorVersion=""), "majorVersion is missing"),
        (LIBRARY, library(majorVersion='"x"'), "majorVersion is missing"),
        (LIBRARY, library(machineName='"H5P.Other"'), "another library (H5P.Other)"),
        (LIBRARY, library(preloadedJs='[{"path": "gone.js"}]'), "gone.js"),
        (LIBRARY, library(preloadedCss='[{"path": "gone.css"}]'), "gone.css"),
        (LIBRARY, library(coreApi='{"majorVersion": 2, "minorVersion": 0}'), "newer H5P (2.0)"),
        ("H5P.Card-1.2/language/hi.json", "{ XXX", "not valid JSON"),
        ("H5P.Card-1.2/language/XXX!.json", "{}", "not named after a language"),
        ("H5P.More-1.0/card.js", "1", "without its description"),
        ("content/content.json", "no", "not valid JSON"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, name: str, content: str, said: str) -> None:
    blocking = [one for one in looked(tmp_path, **{name: content}).remarks if one.blocks]

    told = [one for one in blocking if said in one.text]
    assert told, blocking
    assert told[0].file.startswith(name.rpartition("/")[0])


def test_a_library_that_is_not_brought_along_is_named(tmp_path: Path) -> None:
    about = h5p()["h5p.json"]
    assert isinstance(about, str)
    seen = looked(tmp_path, **{"h5p.json": about.replace('"minorVersion": 2', '"minorVersion": 3')})

    assert any("H5P.Card 1.3" in one.text and one.blocks for one in seen.remarks)


def test_libraries_without_content_are_told_as_such(tmp_path: Path) -> None:
    files = {name: content for name, content in h5p().items() if name.startswith("H5P.")}
    (remark,) = look_over(zip_at(tmp_path / "a.zip", files), NoProgress()).remarks

    assert "libraries of H5P" in remark.text
