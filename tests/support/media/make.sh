#!/bin/sh
# Makes the tiny recordings, the PDF and the pictures that the tests read. Needs ffmpeg; run once, keep the results.
set -eu
cd "$(dirname "$0")"

# Every frame is one grey, brighter by 3 than the frame before it: a test can read the moment off the picture.
picture="color=size=160x120:rate=25:duration=3,format=yuv420p,geq=lum=20+3*N:cb=128:cr=128"
tone="sine=frequency=440:sample_rate=44100:duration=3"
quiet="-hide_banner -loglevel error -y -bitexact"

# shellcheck disable=SC2086  # the options are meant to split
ffmpeg $quiet -f lavfi -i "$picture" -f lavfi -i "$tone" -c:v libx264 -preset veryslow -crf 34 -pix_fmt yuv420p -g 25 \
    -c:a aac -b:a 32k -movflags +faststart -shortest clip.mp4
ffmpeg $quiet -f lavfi -i "$picture" -f lavfi -i "$tone" -c:v libvpx-vp9 -b:v 80k -g 25 -c:a libopus -b:a 24k -shortest clip.webm
ffmpeg $quiet -f lavfi -i "$tone" -c:a libmp3lame -b:a 32k clip.mp3
ffmpeg $quiet -f lavfi -i "testsrc=size=64x48:rate=1:duration=1" -frames:v 1 picture.png

cat > picture.svg <<'SVG'
<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48" viewBox="0 0 64 48">
  <rect width="64" height="48" fill="#3344dd"/>
  <circle cx="32" cy="24" r="12" fill="#ffffff"/>
</svg>
SVG

python3 - <<'PYTHON'
"""Write a three-page PDF by hand: no library decides what is in it."""
from pathlib import Path

texts = ["Page one", "Page two", "Page three"]
objects = ["<< /Type /Catalog /Pages 2 0 R >>",
           f"<< /Type /Pages /Kids [{' '.join(f'{4 + 2 * n} 0 R' for n in range(3))}] /Count 3 >>",
           "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
for number, text in enumerate(texts):
    stream = f"BT /F1 24 Tf 72 700 Td ({text}) Tj ET"
    objects += [f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R"
                " /Resources << /Font << /F1 3 0 R >> >> >>",
                f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream"]
objects.append("<< /Title (Lockout in three pages) >>")
body, offsets = "%PDF-1.4\n", []
for number, content in enumerate(objects, start=1):
    offsets.append(len(body))
    body += f"{number} 0 obj\n{content}\nendobj\n"
table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
trailer = (f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
           f"<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{len(body)}\n%%EOF\n")
Path("three_pages.pdf").write_text(body + trailer, encoding="ascii", newline="\n")
PYTHON
