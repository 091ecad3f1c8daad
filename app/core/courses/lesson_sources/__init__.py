"""What becomes a lesson when a folder is dropped. A new kind of file is one module and one line."""

from app.core.courses.lesson_sources.audio import AudioSource
from app.core.courses.lesson_sources.document import DocumentSource
from app.core.courses.lesson_sources.image import ImageSource
from app.core.courses.lesson_sources.package import PackageSource
from app.core.courses.lesson_sources.page import PageSource
from app.core.courses.lesson_sources.paper import PaperSource
from app.core.courses.lesson_sources.statement import StatementSource
from app.core.courses.lesson_sources.video import VideoSource
from app.core.courses.sources import LessonSource

LESSON_SOURCES: tuple[LessonSource, ...] = (
    VideoSource(),
    AudioSource(),
    DocumentSource(),
    ImageSource(),
    PageSource(),
    PaperSource(),
    PackageSource(),
    StatementSource(),
)

__all__ = ["LESSON_SOURCES"]
