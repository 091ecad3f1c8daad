"""One launch: a package open before somebody. Lives in memory; used by one thread at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any
from uuid import UUID

from app.core.content import PackageFile, PackageIndex
from app.core.learning.launches.open_wire import Wire
from app.core.learning.launches.play import Play
from app.core.learning.launches.types import NOTHING_DONE, Situation, Standing


@dataclass(eq=False, slots=True, kw_only=True)
class Launch:
    """What `Launches` hands out and takes back. A screen reads its first five fields, `endpoint` and `first`, no more."""

    registration: UUID
    """One learner, one lesson, one package: the same at every launch, on every PC."""
    index: PackageIndex
    api: str
    """Name of the object that the package's pages look for; empty: they look for none."""
    is_recording: bool
    substitutes: Mapping[str, PackageFile]
    """By the place of a recording that pages cannot play: what it was converted to."""
    play: Play
    package: str
    start_id: UUID
    lesson_id: UUID
    opened_at: float
    """When the activity that is open was opened, on the clock that never goes back."""
    required: Fraction | None = None
    """The score that the author asks for, over what the package asks for itself."""
    endpoint: str = ""
    """The one address outside the package that its pages may talk to: of the statement store on this PC,
    as http://statements.localhost:<port>/; empty: none. What is said there needs the launch's own token."""
    told: Standing = NOTHING_DONE
    """What the lesson's progress was told last."""
    is_changed: bool = False
    """Whether something is not on disk yet."""
    is_unreported: bool = False
    """Whether something happened that is in no fact yet."""
    reported: dict[str, Any] = field(default_factory=dict)
    """What the newest fact of each activity said."""
    first: Situation | None = None
    """Where it begins, known before `begin` has written it; what is to be opened may be on its way
    until then, and is not to be seen. None: the wire knows, once it has begun."""
    shared: dict[str, Any] = field(default_factory=dict)
    """What the learner's packages know of each other, as it is on disk by this launch."""
    wire: Wire | None = None
    """What its pages talk to besides the player; None for standards that need nothing."""
