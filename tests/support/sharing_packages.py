"""Packages of SCORM 2004 that know of each other: a global objective, and a store of data."""

from tests.support.package_lessons import SCO

OBJECTIVE = "urn:plant:press"
STORE = "urn:plant:notes"
_MAP = (
    f'<imsss:mapInfo targetObjectiveID="{OBJECTIVE}" readSatisfiedStatus="true" '
    'readNormalizedMeasure="true" writeSatisfiedStatus="true" writeNormalizedMeasure="true"/>'
)
_DATA = f'<adlcp:data><adlcp:map targetID="{STORE}" readSharedData="true" writeSharedData="true"/></adlcp:data>'


def sharing(title: str) -> dict[str, str]:
    """Return the files of a package of one SCO, which reads and writes the objective and the store."""
    manifest = (
        f'<manifest identifier="{title}" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" '
        'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" '
        'xmlns:imsss="http://www.imsglobal.org/xsd/imsss"><metadata><schema>ADL SCORM</schema>'
        "<schemaversion>2004 4th Edition</schemaversion></metadata>"
        f'<organizations default="O"><organization identifier="O"><title>{title}</title>'
        f'<item identifier="I" identifierref="R"><title>{title}</title>{_DATA}<imsss:sequencing>'
        f'<imsss:objectives><imsss:primaryObjective objectiveID="own">{_MAP}'
        "</imsss:primaryObjective></imsss:objectives></imsss:sequencing></item></organization>"
        '</organizations><resources><resource identifier="R" type="webcontent" '
        'adlcp:scormType="sco" href="sco.html"><file href="sco.html"/></resource></resources></manifest>'
    )
    return {"imsmanifest.xml": manifest, "sco.html": SCO.format(title=title, script="")}
