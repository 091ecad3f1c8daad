"""The tree of a SCORM package as the sequencer needs it, read from the manifest that came with it."""

from dataclasses import replace
from functools import lru_cache

from app.core.content import Activity as PackageActivity
from app.core.content import (
    ActivityTree,
    ControlMode,
    LaunchSettings,
    PackageIndex,
    ScormActivity,
    ScormEdition,
    SequencedActivity,
    Sequencing,
    SequencingUnreadable,
    Standard,
    read_activity_tree,
)
from app.core.learning.launches.errors import PackageNotPlayable
from app.core.learning.launches.seat import Seat

_MANIFEST = "imsmanifest.xml"
_FREE = Sequencing(control=ControlMode(choice=True, flow=True))


def tree_of(seat: Seat) -> ActivityTree:
    """Return the package's tree. Raises PackageNotPlayable, AssetMissing.

    SCORM 1.2 leaves the way through a package to the player: there it is free. A manifest without a
    table of contents gets the one that the import made.
    """
    manifest = seat.index.manifest
    name = _manifest_name(seat.index)
    try:
        tree = _read(seat.read(name)) if name else None
    except SequencingUnreadable as refusal:
        if any(activity.children for activity in manifest.root.children):
            raise PackageNotPlayable(manifest.title) from refusal
        tree = None
    if tree is None:
        return ActivityTree(root=_made(manifest.root), edition=ScormEdition.SCORM_1_2)
    if tree.edition.is_2004:
        return tree
    if manifest.standard is Standard.SCORM2004:  # it does not say so, but is written so
        return replace(tree, edition=ScormEdition.SCORM_2004_3RD)
    return replace(tree, root=_freed(tree.root))


_read = lru_cache(maxsize=4)(read_activity_tree)
"""A package is opened again and again, and its manifest stays what it is."""


def _manifest_name(index: PackageIndex) -> str:
    names = (file.name for file in index.files)
    found = [name for name in names if name.rpartition("/")[2].casefold() == _MANIFEST]
    return min(found, key=lambda name: (name.count("/"), name), default="")


def _freed(activity: SequencedActivity) -> SequencedActivity:
    children = tuple(_freed(child) for child in activity.children)
    if not children:
        return activity
    return replace(activity, children=children, sequencing=_FREE)


def _made(activity: PackageActivity) -> SequencedActivity:
    children = tuple(_made(child) for child in activity.children)
    known = activity.read(ScormActivity)
    return SequencedActivity(
        activity_id=activity.id,
        title=activity.title,
        is_visible=activity.is_visible,
        launch=LaunchSettings(resource=known.resource, is_sco=known.is_sco),
        sequencing=_FREE if children else Sequencing(),
        children=children,
    )
