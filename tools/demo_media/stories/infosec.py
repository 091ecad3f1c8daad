"""USB sticks and information security."""

from tools.demo_media.brush import Brush
from tools.demo_media.parts import cross, padlock, person, tick, title_card
from tools.demo_media.story import WIDTH, Course, Film, Picture, Scene, between


def usb_stick(
    brush: Brush, x: float, y: float, size: float, colour: str, turn: float = 0.0
) -> None:
    """Draw a USB stick about (x, y), its plug upwards before turning."""
    with brush.moved(x, y, size / 100, turn):
        brush.box(-17, -62, 34, 38, fill=brush.palette.metal, radius=3)
        brush.box(-11, -54, 8, 9, fill=brush.palette.dark_metal)
        brush.box(3, -54, 8, 9, fill=brush.palette.dark_metal)
        brush.box(-26, -26, 52, 88, fill=colour, radius=10)
        brush.disc(0, 44, 7, fill=brush.palette.paper)


def _screen(brush: Brush, x: float, y: float, width: float, fill: str = "#0B1022") -> None:
    brush.box(x, y, width, width * 0.62, fill=fill, edge=brush.palette.metal, line=6, radius=8)
    brush.box(
        x + width * 0.4, y + width * 0.62, width * 0.2, width * 0.12, fill=brush.palette.metal
    )
    brush.box(
        x + width * 0.25, y + width * 0.73, width * 0.5, 8, fill=brush.palette.metal, radius=4
    )


def _opening(brush: Brush, share: float) -> None:
    usb_stick(brush, WIDTH / 2, 134, 130, brush.palette.accent, -14 + 28 * between(share, 0, 0.6))
    title_card(brush, "You found a USB stick", "आपको एक पेन ड्राइव मिली", share)


def _no_plug(brush: Brush, share: float) -> None:
    _screen(brush, 40, 60, 230)
    come = between(share, 0.05, 0.35) - between(share, 0.45, 0.7)
    usb_stick(brush, 350 - 40 * come, 130, 100, brush.palette.accent, -90)
    if share > 0.4:
        cross(brush, 300, 130, 130 * between(share, 0.4, 0.52), brush.palette.bad)


def _why(brush: Brush, share: float) -> None:
    colours = brush.palette
    _screen(brush, 60, 44, 300)
    _bug = between(share, 0.2, 0.5)
    for place in range(6):
        x, y = 92 + (place % 3) * 90, 66 + (place // 3) * 84
        hit = share > 0.3 + place * 0.1
        brush.box(x, y, 60, 66, fill=colours.bad if hit else "#FFFFFF", radius=5)
        if hit:
            padlock(brush, x + 30, y + 30, 42, 1, "#7A1020")
        else:
            for line in range(3):
                brush.line(
                    [(x + 10, y + 16 + line * 16), (x + 50, y + 16 + line * 16)], "#AEB7CC", 4
                )
    with brush.faded(_bug):
        brush.centred("files locked", 60, 290, 300, 34, 20, colours.bad)


def _hand_in(brush: Brush, share: float) -> None:
    colours = brush.palette
    person(brush, 92, 290, 150, colours.accent)
    person(brush, 340, 290, 150, colours.calm, long_hair=True)
    brush.centred("You", 42, 292, 100, 30, 17, colours.quiet)
    brush.centred("IT desk", 290, 292, 100, 30, 17, colours.quiet)
    usb_stick(brush, 134 + 160 * between(share, 0.2, 0.65), 120, 66, colours.accent, 90)


def _scan(brush: Brush, share: float) -> None:
    colours = brush.palette
    brush.box(46, 50, 210, 236, fill=colours.dark_metal, radius=14)
    brush.box(66, 70, 170, 108, fill="#0B1022", radius=6)
    y = 74 + (share * 4 % 1) * 98
    if share < 0.7:
        brush.line([(72, y), (230, y)], colours.good, 4)
        brush.centred("scanning", 66, 70, 170, 108, 20, colours.quiet)
    else:
        tick(brush, 151, 124, 80, colours.good)
    brush.centred("Scan PC, no network", 46, 196, 210, 40, 17)
    usb_stick(brush, 151, 276, 62, colours.accent, 0)
    with brush.faded(between(share, 0.72, 0.85)):
        brush.arrow((270, 160), (322, 160), colours.good, 8)
        usb_stick(brush, 370, 170, 92, colours.good)
        brush.centred("company stick, in the register", 306, 244, 116, 64, 15, colours.quiet)


def _lock_screen(brush: Brush, share: float) -> None:
    colours = brush.palette
    _screen(brush, 84, 26, 258, colours.dark_metal if share > 0.55 else "#2B3A78")
    if share > 0.55:
        padlock(brush, 213, 94, 76, 1, colours.accent)
    else:
        for line in range(4):
            brush.line([(112, 56 + line * 30), (300 - line * 22, 56 + line * 30)], colours.quiet, 6)
    press = 4 if 0.4 < share < 0.6 else 0
    for place, key in enumerate(("⊞ Win", "L")):
        brush.box(
            110 + place * 128,
            258 + press,
            96,
            56,
            fill="#FFFFFF",
            edge=colours.metal,
            line=3,
            radius=10,
        )
        brush.centred(key, 110 + place * 128, 258 + press, 96, 56, 22, "#141926")


def _tell(brush: Brush, share: float) -> None:
    colours = brush.palette
    person(brush, 100, 300, 170, colours.accent)
    with brush.faded(between(share, 0.1, 0.25)):
        brush.box(176, 40, 226, 116, fill="#FFFFFF", radius=16)
        brush.shape([(196, 150), (232, 150), (180, 188)], fill="#FFFFFF")
        brush.centred("I plugged it in.\nPlease check.", 184, 40, 210, 116, 23, "#141926")
    with brush.faded(between(share, 0.5, 0.65)):
        brush.box(196, 216, 206, 72, fill=colours.good, radius=16)
        brush.centred("Thank you for telling us", 200, 216, 198, 72, 19, colours.paper)


_SCENES = (
    Scene("", "", "You found a U S B stick near the gate. What now?",
          {"en": "You found a USB stick near the gate. What now?", "hi": "गेट के पास एक पेन ड्राइव मिली। अब क्या?"}, _opening),
    Scene("Do not plug it in", "उसे न लगाएँ", "Do not plug it in. Not at your desk, not at home, not on a machine.",
          {"en": "Do not plug it in: not at your desk, not at home, not on a machine.", "hi": "उसे कहीं न लगाएँ: न अपनी मेज़ पर, न घर पर, न मशीन में।"}, _no_plug, 1),
    Scene("One stick can stop us", "एक ड्राइव सब रोक सकती है", "One bad stick can lock every file we need to make and release our product.",
          {"en": "One bad stick can lock every file we need to make and release our product.",
           "hi": "एक खराब ड्राइव उत्पादन और रिलीज़ की हर फ़ाइल बंद कर सकती है।"}, _why, 2),
    Scene("Hand it in", "IT को सौंपें", "Hand it to the IT desk, and say where you found it.",
          {"en": "Hand it to the IT desk, and say where you found it.", "hi": "उसे IT डेस्क को दें और बताएँ कि कहाँ मिली।"}, _hand_in, 3),
    Scene("Scan, then carry", "पहले जाँच, फिर काम", "Work files travel only on a company stick, scanned on the scan PC, and written in the register.",
          {"en": "Work files travel only on a company stick, scanned on the scan PC and written in the register.",
           "hi": "काम की फ़ाइलें केवल कंपनी की ड्राइव पर, स्कैन PC पर जाँची और रजिस्टर में लिखी हुई।"}, _scan, 4),
    Scene("Lock your screen", "स्क्रीन लॉक करें", "Lock your screen when you stand up. Windows and L.",
          {"en": "Lock your screen when you stand up: Windows key and L.", "hi": "उठते समय स्क्रीन लॉक करें: Windows और L।"}, _lock_screen, 5),
    Scene("Tell at once", "तुरंत बताएँ", "Made a mistake? Tell at once. Nobody is blamed for reporting early.",
          {"en": "Made a mistake? Tell at once. Nobody is blamed for reporting early.", "hi": "गलती हो गई? तुरंत बताएँ। जल्दी बताने पर किसी को दोष नहीं दिया जाता।"}, _tell, 6),
)  # fmt: skip


def _journey(brush: Brush) -> None:
    colours = brush.palette
    brush.words("How a file may enter the plant", 30, 20, 800, 27, bold=True)
    steps = (("1", "Bring it to the IT desk", "Never straight to a machine"), ("2", "Scan PC, no network", "Two scanners, fresh signatures"),
             ("3", "Copy to a company stick", "Numbered and encrypted"), ("4", "Write the register", "Who, what, when, where to"),
             ("5", "Use, then return", "Wiped the same day"))  # fmt: skip
    for place, (number, name, note) in enumerate(steps):
        x = 30 + place * 190
        brush.box(x, 78, 166, 270, fill=colours.card, edge=colours.edge, line=1.5, radius=12)
        usb_stick(
            brush,
            x + 83,
            150,
            84,
            (colours.bad, colours.accent, colours.good, colours.good, colours.calm)[place],
        )
        brush.disc(x + 24, 102, 15, fill=colours.calm)
        brush.centred(number, x + 9, 87, 30, 30, 16, colours.paper)
        down = 224 + brush.words(name, x + 14, 224, 142, 17, bold=True)
        brush.words(note, x + 14, down + 6, 142, 14, colours.quiet)
        if place < len(steps) - 1:
            brush.arrow((x + 168, 213), (x + 188, 213), colours.accent, 4)


_HINDI = {
    "How a file may enter the plant": "फ़ाइल संयंत्र में कैसे आए",
    "Bring it to the IT desk": "IT डेस्क पर लाएँ",
    "Never straight to a machine": "सीधे मशीन पर कभी नहीं",
    "Scan PC, no network": "स्कैन PC, बिना नेटवर्क",
    "Two scanners, fresh signatures": "दो स्कैनर, ताज़ा सिग्नेचर",
    "Copy to a company stick": "कंपनी की पेन ड्राइव पर कॉपी",
    "Numbered and encrypted": "नंबर वाली और एन्क्रिप्टेड",
    "Write the register": "रजिस्टर में लिखें",
    "Who, what, when, where to": "कौन, क्या, कब, कहाँ",
    "Use, then return": "काम करें, फिर लौटाएँ",
    "Wiped the same day": "उसी दिन साफ़ की जाती है",
    "Five steps: IT desk, scan PC without network, company stick, register, return and wipe.":
        "पाँच कदम: IT डेस्क, बिना नेटवर्क का स्कैन PC, कंपनी की पेन ड्राइव, रजिस्टर, लौटाना और साफ़ करना।",
}  # fmt: skip

COURSE = Course(
    "infosec",
    films=(Film("02-you-found-a-usb-stick.webm", _SCENES),),
    pictures=(
        Picture("04-how-a-file-may-enter.svg", 986, 376, _journey,
                "Five steps: IT desk, scan PC without network, company stick, register, return and wipe.", _HINDI),
    ),
)  # fmt: skip
