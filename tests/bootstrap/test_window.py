"""Before there is a window: one on a data folder, and a folder that may be written to."""

from pathlib import Path

import pytest

from app.bootstrap.window import AlreadyOpen, FolderRefused, only_window


def test_a_second_window_on_the_same_records_is_told_where_the_first_is(tmp_path: Path) -> None:
    lock = only_window(tmp_path / "data")

    with pytest.raises(AlreadyOpen) as told:
        only_window(tmp_path / "data")

    assert told.value.sentence == (
        "Daksha is already open on these records. Nothing was changed. "
        "Look for its window on the taskbar; somebody else on this PC may have it."
    )
    assert told.value.exit_code == 2
    lock.unlock()


def test_the_place_is_free_again_when_the_window_is_closed(tmp_path: Path) -> None:
    only_window(tmp_path).unlock()

    only_window(tmp_path).unlock()


def test_a_folder_nobody_may_write_to_is_named_and_not_taken_for_another_window(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")

    with pytest.raises(FolderRefused, match="may not write to its data folder"):
        only_window(tmp_path / "file" / "data")
