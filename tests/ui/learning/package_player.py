"""Waits for a package's page in the real player."""

from pytestqt.qtbot import QtBot

from app.ui.learning.lesson_views.package_view import PackageView
from app.ui.learning.player_screen import PlayerScreen


def view_of(screen: PlayerScreen) -> PackageView:
    view = screen.view
    assert isinstance(view, PackageView)
    return view


def wait_for_page(screen: PlayerScreen, qtbot: QtBot, methods: list[str]) -> tuple[str, str]:
    """Wait until an activity's page stands; say yes to its questions.

    Return what was opened by itself, and what is open in the end.

    Where the author leaves the choice to the learner, the first part there is gets chosen.
    """
    view = view_of(screen)
    session = view.session
    assert session is not None
    shown: list[bool] = []
    session.web.shown.connect(lambda: shown.append(True))
    session.web.called.connect(lambda call, _reply: methods.append(call[1]))
    qtbot.waitUntil(lambda: session.situation is not None, timeout=15_000)
    assert session.situation is not None
    opened_by_itself = session.situation.current
    if not opened_by_itself:
        lines = session.situation.contents
        view.stage.contents.chosen.emit(
            next(one.activity for one in lines if one.is_enabled and one.opens)
        )

    def stands() -> bool:
        for dialog in tuple(session.dialogs):
            dialog.accept()
        return bool(shown)

    qtbot.waitUntil(stands, timeout=15_000)
    qtbot.waitUntil(lambda: session.situation is not None and bool(session.situation.current))
    return opened_by_itself, session.situation.current
