"""F1: the shipped manual beside the work. Nothing is ever fetched from elsewhere."""

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget
from typing_extensions import override

from app.core.base.words import _, current_language
from app.ui.kit.overlay import SideSheet
from app.ui.kit.theme import Ink, TextRole, current_theme

_TAGS = {
    "h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote",
    "table", "thead", "tbody", "tr", "th", "td", "a", "br", "hr", "img", "kbd",
}  # fmt: skip


_EDGE = 12
"""Between a text and the frame that says where the keys go."""


def render(markdown: str) -> str:
    """Return Markdown as clean HTML: no scripts, no styles, no addresses but those inside."""
    import nh3  # only when help is read
    from markdown_it import MarkdownIt  # only when help is read

    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown)
    attributes = {"a": {"href"}, "img": {"src", "alt"}}
    return nh3.clean(html, tags=_TAGS, attributes=attributes, url_schemes=set(), link_rel=None)


def _style() -> str:
    theme = current_theme()
    return (
        f"body {{ color: {theme.hex(Ink.TEXT)}; }} a {{ color: {theme.hex(Ink.PRIMARY)}; }}"
        f"h1 {{ font-size: {theme.px(20)}px; }} h2 {{ font-size: {theme.px(16)}px; }}"
        f"code, pre {{ background-color: {theme.hex(Ink.SURFACE2)}; }}"
        f"th, td {{ padding: {theme.px(6)}px; }} p, li {{ line-height: 145%; }}"
    )


class MarkdownView(QTextBrowser):
    """Shows Markdown. Links between pages are signalled; pictures come from `folder` only."""

    page_asked = Signal(str)

    def __init__(self, name: str, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder.resolve()
        self._markdown = ""
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.anchorClicked.connect(self._follow)
        current_theme().changed.connect(self._render)

    def show_markdown(self, markdown: str) -> None:
        """Show another text, from its beginning."""
        self._markdown = markdown
        self._render()
        self.verticalScrollBar().setValue(0)

    def _render(self) -> None:
        self.document().setDefaultStyleSheet(_style())
        self.document().setDocumentMargin(current_theme().px(_EDGE))
        self.document().setDefaultFont(current_theme().font(TextRole.BODY))
        self.setHtml(render(self._markdown))

    def _follow(self, address: QUrl) -> None:
        if not address.scheme() and not address.host():
            self.page_asked.emit(address.path())

    @override
    def loadResource(self, kind: int, name: QUrl | str) -> object:
        name = QUrl(name)
        path = (self._folder / name.path()).resolve()
        is_ours = path.is_relative_to(self._folder) and path.is_file()
        if kind != QTextDocument.ResourceType.ImageResource.value or name.host() or not is_ours:
            return None
        return path.read_bytes()


class HelpPanel(SideSheet):
    """One page of the manual in a sheet, in the reader's language where it has that; links lead on.

    Under each page stands `foot`, in Markdown.
    """

    def __init__(self, host: QWidget, folder: Path, page: str, foot: str = "") -> None:
        super().__init__(host, _("Help"), width=520)
        self._folder = folder.resolve()
        self._foot = f"\n\n---\n\n{foot}" if foot else ""
        self.view = MarkdownView(_("Help"), folder)
        self.view.page_asked.connect(self.show_page)
        self.fill_with(self.view)
        self.show_page(page)

    def show_page(self, page: str) -> None:
        """Show a page, named by its path within the manual."""
        own = self._folder / current_language()
        found = (self._page_in(folder, page) for folder in (own, self._folder))
        text = next((text for text in found if text), _("There is no help for this page yet."))
        self.view.show_markdown(f"{text}{self._foot}")

    def _page_in(self, folder: Path, page: str) -> str:
        path = (folder / page).resolve()
        is_ours = path.is_relative_to(self._folder) and path.is_file()
        return path.read_text("utf-8") if is_ours else ""
