"""What only SCORM knows of its activities and of the package as a whole."""

from dataclasses import dataclass

MAX_SEQUENCING = 400_000
"""Letters of sequencing XML kept for one activity, and for the collection of a package."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataMap:
    """A bucket of the shared data of SCORM 2004 4th Edition (adlcp:data/adlcp:map)."""

    target: str
    can_read: bool = True
    can_write: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ScormActivity:
    """An item (or the organization itself), as its manifest writes it; texts are trimmed."""

    resource: str = ""
    """The identifier of the resource that is launched."""
    is_sco: bool = False
    """Whether it speaks with the run-time; an asset is only shown."""
    parameters: str = ""
    """As in the manifest; `Activity.launch` has them already."""
    prerequisites: str = ""
    """SCORM 1.2: an AICC script over identifiers of items."""
    max_time_allowed: str = ""
    """SCORM 1.2: a CMITimespan, for cmi.student_data.max_time_allowed."""
    time_limit_action: str = ""
    """For cmi.student_data.time_limit_action and cmi.time_limit_action."""
    data_from_lms: str = ""
    """For cmi.launch_data, with its blanks."""
    mastery_score: str = ""
    """SCORM 1.2: a number from 0 to 100, for cmi.student_data.mastery_score."""
    completion_threshold: str = ""
    """SCORM 2004: a number from 0 to 1, for cmi.completion_threshold."""
    completed_by_measure: bool = False
    """4th Edition: whether the threshold decides on completion."""
    progress_weight: str = "1.0"
    """4th Edition: its weight in the roll-up of progress."""
    hidden_controls: tuple[str, ...] = ()
    """What of the player is not shown (adlnav:hideLMSUI): previous, continue, exit, abandon …"""
    data_maps: tuple[DataMap, ...] = ()
    sequencing: str = ""
    """The imsss:sequencing element as XML text with its namespaces; empty: all as by default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScormPackage:
    """What the manifest says beside its tree of items."""

    organization: str = ""
    """The identifier of the organization that the tree is made of."""
    other_organizations: tuple[str, ...] = ()
    """The titles of those that are not used."""
    objectives_global_to_system: bool = True
    """Whether global objectives outlive the course (adlseq:objectivesGlobalToSystem)."""
    shared_data_global_to_system: bool = True
    """4th Edition: likewise for shared data."""
    sequencing_collection: str = ""
    """The imsss:sequencingCollection element as XML text, to which IDRef refers."""
