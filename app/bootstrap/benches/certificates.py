"""A certificate page with a shaped name, beside bare ReportLab with one font and a QR code."""

import hashlib
import io
from datetime import UTC, date, datetime
from typing import ClassVar

import segno
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from app.bootstrap.benches.rounds import alternately, compared
from app.core.base.measuring import Measured
from app.core.base.progress import Progress
from app.core.base.resources import resource
from app.core.certificates import TEMPLATES, CertificateFacts, draw_certificate

_ROUNDS = 7
_NAMES = ("श्रीमती क्षितिज्ञा द्विवेदी", "ஸ்ரீனிவாசன்", "শ্রীমতী চট্টোপাধ্যায়", "Asha Kulkarni")


class CertificatesBench:
    """`draw_certificate`, unsigned, against the raw page of the limits (TTF + QR, fixed mask)."""

    name: ClassVar[str] = "certificates"
    about: ClassVar[str] = "a certificate page with names in four scripts"
    default_n: ClassVar[int] = 60

    def run(self, n: int, progress: Progress) -> Measured:
        """Measure `n` pages a round; the figure is one page. Signing is told apart."""
        pdfmetrics.registerFont(TTFont("bench", str(resource("fonts", "Inter-Regular.ttf"))))

        def product() -> None:
            for serial in range(n):
                draw_certificate(_facts(serial), TEMPLATES[0])

        def raw() -> None:
            for serial in range(n):
                _raw_page(serial)

        ours, theirs = alternately(_ROUNDS, product, raw, progress)
        return compared(self, n, ours, theirs, each=n, goal="at most 2.0 x raw")


def _facts(serial: int) -> CertificateFacts:
    return CertificateFacts(
        number=f"PUN-2026-{serial:06}",
        site_name="Pune plant",
        person_name=_NAMES[serial % len(_NAMES)],
        person_number=f"E-{serial}",
        course_title="Working at height, level 2",
        version="1",
        score="92%",
        completed_on=date(2026, 11, 23),
        issued_at=datetime(2026, 11, 23, 5, 12, tzinfo=UTC),
        valid_until=date(2027, 11, 23),
        language="en",
        token=f"DKSHA1:{hashlib.sha512(str(serial).encode()).hexdigest().upper() * 2}",
    )


def _raw_page(serial: int) -> bytes:
    width, _height = landscape(A4)
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=landscape(A4), pageCompression=1)
    for size, y, text in (
        (32, 420, "Certificate of completion"),
        (22, 340, f"Irina Petrova {serial}"),
        (14, 280, "Working at height, level 2"),
        (14, 250, f"No. 2026-{serial:07d}"),
    ):
        canvas.setFont("bench", size)
        canvas.drawCentredString(width / 2, y, text)
    canvas.rect(30, 30, width - 60, 535)
    digest = hashlib.sha256(str(serial).encode()).hexdigest()[:32]
    code = segno.make(
        f"LMS1:{serial:012d}:{digest}", micro=False, error="m", mask=3, boost_error=False
    )
    side = len(code.matrix)
    bits = (side + 7) // 8 * 8
    rows = ("".join("0" if dark else "1" for dark in row).ljust(bits, "1") for row in code.matrix)
    data = b"".join(int(row, 2).to_bytes(bits // 8, "big") for row in rows)
    image = (
        f"q 80 0 0 80 700 50 cm BI /W {side} /H {side} /BPC 1 /CS /G /F /AHx ID {data.hex()}> EI Q"
    )
    canvas._code.append(image)  # noqa: SLF001  the raw limit writes into the page itself
    canvas.showPage()
    canvas.save()
    return target.getvalue()
