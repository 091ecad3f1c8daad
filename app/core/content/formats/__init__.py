"""Package formats: which manifest says what. A new standard is one module and one line."""

from app.core.content.formats.base import ManifestFault, PackageFormat, ReadPackage, Remark, named
from app.core.content.formats.cmi5 import Cmi5Format, read_structure
from app.core.content.formats.cmi5_values import (
    Cmi5Activity,
    Cmi5Course,
    Cmi5Objective,
    LaunchMethod,
    MoveOn,
)
from app.core.content.formats.h5p import H5pContent, H5pFormat
from app.core.content.formats.html import HtmlFormat
from app.core.content.formats.refused import known_but_refused
from app.core.content.formats.scorm import ScormFormat
from app.core.content.formats.scorm_values import DataMap, ScormActivity, ScormPackage
from app.core.content.formats.xapi import XapiActivity, XapiFormat, read_tincan

PACKAGE_FORMATS: tuple[PackageFormat, ...] = (
    Cmi5Format(),
    ScormFormat(),
    XapiFormat(),
    H5pFormat(),
    HtmlFormat(),
)
"""The first whose manifest is in an archive reads it."""

__all__ = [
    "PACKAGE_FORMATS",
    "Cmi5Activity",
    "Cmi5Course",
    "Cmi5Objective",
    "DataMap",
    "H5pContent",
    "LaunchMethod",
    "ManifestFault",
    "MoveOn",
    "PackageFormat",
    "ReadPackage",
    "Remark",
    "ScormActivity",
    "ScormPackage",
    "XapiActivity",
    "known_but_refused",
    "named",
    "read_structure",
    "read_tincan",
]
