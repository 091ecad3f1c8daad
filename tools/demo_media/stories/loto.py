"""Lockout and tagout: six steps to zero energy."""

import math

from tools.demo_media.brush import Brush
from tools.demo_media.parts import bolt, gauge, padlock, tick, title_card
from tools.demo_media.story import WIDTH, Course, Film, Picture, Scene, between, each_other

_ENERGIES = (
    ("Electric", "bolt"),
    ("Air and hydraulic", "gauge"),
    ("Spring and weight", "spring"),
    ("Heat and steam", "heat"),
)


def _opening(brush: Brush, share: float) -> None:
    padlock(brush, WIDTH / 2, 132, 124, between(share, 0.3, 0.5), brush.palette.accent)
    title_card(brush, "Six steps to zero energy", "छह कदम, शून्य ऊर्जा", share)


def _closing(brush: Brush, share: float) -> None:
    padlock(brush, WIDTH / 2, 132, 124, 1, brush.palette.accent)
    title_card(brush, "My lock. My key. My life.", "मेरा ताला, मेरी चाबी, मेरी जान", share)


def energy_sign(brush: Brush, kind: str, x: float, y: float) -> None:
    """Draw the sign of one kind of energy about (x, y)."""
    colours = brush.palette
    if kind == "bolt":
        bolt(brush, x, y, 62, colours.accent)
    elif kind == "gauge":
        gauge(brush, x, y, 31, 0.55)
    elif kind == "spring":
        coil = [(x - 16 + 32 * (at % 2), y - 30 + at * 7) for at in range(9)]
        brush.line([(x - 20, y - 34), (x + 20, y - 34)], colours.metal, 5)
        brush.line(coil, colours.calm, 5)
        brush.line([(x - 20, y + 32), (x + 20, y + 32)], colours.metal, 5)
    else:
        for wave in (-18, 0, 18):
            brush.curve(
                (x + wave, y + 30),
                [((x + wave - 20, y + 10), (x + wave + 20, y - 10), (x + wave, y - 30))],
                edge=colours.bad,
                line=6,
            )


def _prepare(brush: Brush, share: float) -> None:
    colours = brush.palette
    for place, (name, kind) in enumerate(_ENERGIES):
        x, y = 24 + (place % 2) * 194, 24 + (place // 2) * 152
        shown = between(share, 0.08 + place * 0.2, 0.2 + place * 0.2)
        brush.box(x, y, 184, 142, fill=colours.paper, edge=colours.edge, line=1.5, radius=12)
        with brush.faded(0.25 + 0.75 * shown):
            energy_sign(brush, kind, x + 92, y + 52)
            brush.centred(name, x + 6, y + 92, 172, 44, 17)
        if shown > 0.9:
            brush.disc(x + 162, y + 24, 13, fill=colours.good)
            tick(brush, x + 162, y + 24, 16, colours.paper)


def _machine(brush: Brush, turn: float, lamp: str) -> None:
    colours = brush.palette
    brush.box(50, 118, 326, 36, fill=colours.dark_metal, radius=18)
    for place in range(5):
        x = 72 + place * 70.5
        brush.disc(x, 136, 14, fill=colours.metal)
        with brush.moved(x, 136, turn=turn):
            brush.line([(-10, 0), (10, 0)], colours.dark_metal, 3)
    for place in range(3):
        x = 60 + (place * 110 + turn * 0.35) % 290
        brush.box(x, 82, 34, 36, fill="#C98F5A", edge="#8A5A2E", line=2, radius=3)
    brush.box(92, 154, 16, 70, fill=colours.dark_metal)
    brush.box(318, 154, 16, 70, fill=colours.dark_metal)
    brush.disc(348, 62, 13, fill=lamp)


def _shut_down(brush: Brush, share: float) -> None:
    colours = brush.palette
    pressed = between(share, 0.28, 0.36)
    coast = min(share, 0.36) * 1500 + 340 * between(share, 0.36, 0.75)
    _machine(brush, coast, colours.good if share < 0.36 else colours.bad)
    brush.box(160, 214, 106, 104, fill="#F2C14E", edge=colours.paper, line=3, radius=10)
    brush.disc(213, 262, 36, fill="#7A1020")
    brush.disc(213, 262 - 8 * (1 - pressed), 33, fill="#E23B4E")
    brush.centred("STOP", 173, 248 - 8 * (1 - pressed), 80, 28, 17, "#FFFFFF")


def _isolator(brush: Brush, turned: float, x: float = 213, y: float = 150) -> None:
    colours = brush.palette
    brush.box(x - 104, y - 122, 208, 264, fill="#AEB7CC", edge=colours.paper, line=3, radius=14)
    brush.disc(x, y, 78, fill="#F2C14E")
    brush.centred("ON", x - 40, y - 114, 80, 30, 19, "#141926")
    brush.centred("OFF", x + 54, y - 100, 50, 30, 19, "#141926")
    with brush.moved(x, y, turn=90 * turned):
        brush.box(-20, -66, 40, 132, fill="#C62838", radius=12)
        brush.line([(0, -58), (0, -34)], "#FFFFFF", 6)


def _isolate(brush: Brush, share: float) -> None:
    colours = brush.palette
    turned = between(share, 0.3, 0.55)
    _isolator(brush, turned)
    brush.disc(364, 60, 18, fill=colours.dark_metal if turned > 0.5 else colours.good)
    brush.centred("OFF" if turned > 0.9 else "LIVE", 330, 84, 68, 24, 16, colours.quiet)


def _tag(brush: Brush, x: float, y: float, share: float) -> None:
    with brush.faded(share), brush.moved(x, y, turn=10 * (1 - share)):
        brush.line([(38, -26), (38, 0)], brush.palette.metal, 3)
        brush.box(0, 0, 100, 132, fill="#FFFFFF", edge="#B81F33", line=4, radius=8)
        brush.box(0, 0, 100, 34, fill="#B81F33", radius=8)
        brush.centred("DANGER", 0, 2, 100, 30, 17, "#FFFFFF")
        brush.centred("Do not operate", 6, 36, 88, 42, 14, "#141926")
        for line in (88, 102, 116):
            brush.line([(14, line), (86, line)], "#AEB7CC", 2)


def _lock(brush: Brush, share: float) -> None:
    come = between(share, 0.08, 0.34)
    _isolator(brush, 1, x=160)
    padlock(brush, 246 + 110 * (1 - come), 190, 92, between(share, 0.36, 0.5), brush.palette.bad)
    _tag(brush, 306, 196, between(share, 0.55, 0.72))


def _release(brush: Brush, share: float) -> None:
    colours = brush.palette
    left = 0.72 * (1 - between(share, 0.25, 0.8))
    gauge(brush, 150, 142, 100, left)
    brush.line([(150, 242), (150, 290), (300, 290)], colours.metal, 14)
    brush.box(284, 264, 40, 52, fill=colours.dark_metal, radius=6)
    open_valve = between(share, 0.12, 0.25)
    with brush.moved(304, 258, turn=90 * open_valve):
        brush.box(-34, -8, 68, 16, fill=colours.bad, radius=8)
    for puff in range(5):
        step = (share * 6 + puff / 5) % 1
        if left > 0.02 and open_valve > 0.5:
            with brush.faded(0.8 * (1 - step)):
                brush.disc(
                    334 + step * 70,
                    290 + math.sin(puff * 2.1) * 14,
                    5 + step * 11,
                    fill=colours.quiet,
                )
    brush.centred(
        "0 bar" if left < 0.02 else "venting",
        270,
        92,
        140,
        40,
        26,
        colours.good if left < 0.02 else colours.accent,
    )


def _verify(brush: Brush, share: float) -> None:
    colours = brush.palette
    pressed = between(share, 0.2, 0.28) - between(share, 0.36, 0.44)
    brush.box(34, 40, 168, 190, fill="#AEB7CC", radius=12)
    brush.disc(118, 118, 46, fill="#0B4F31")
    brush.disc(118, 118 - 8 * (1 - pressed), 42, fill="#16935B")
    brush.centred("START", 68, 104 - 8 * (1 - pressed), 100, 30, 18, "#FFFFFF")
    brush.centred("nothing moves", 34, 188, 168, 30, 16, "#141926", bold=False)
    measured = between(share, 0.5, 0.6)
    brush.box(240, 40, 150, 190, fill="#F2C14E", radius=14)
    brush.box(256, 58, 118, 60, fill="#DDE9D5", radius=6)
    brush.centred("0 V" if measured > 0.5 else "- - -", 256, 58, 118, 60, 34, "#141926")
    brush.disc(315, 170, 30, fill="#141926")
    brush.line([(315, 170), (332, 150)], "#FFFFFF", 5)
    if share > 0.66:
        tick(brush, 213, 286, 80 * between(share, 0.66, 0.76), colours.good)


_SCENES = (
    Scene("", "", "Six steps to zero energy. In this order, every time.",
          {"en": "Six steps to zero energy. In this order, every time.",
           "hi": "शून्य ऊर्जा के छह कदम। हर बार इसी क्रम में करें।"}, _opening),
    Scene("Prepare", "तैयारी करें", "One. Prepare. Find every energy that feeds the machine. Tell the people there.",
          {"en": "1. Prepare. Find every energy that feeds the machine. Tell the people there.",
           "hi": "1. तैयारी। मशीन तक पहुँचने वाली हर ऊर्जा पहचानें। वहाँ काम करने वालों को बताएँ।"}, _prepare, 1),
    Scene("Shut down", "मशीन बंद करें", "Two. Shut down in the normal way, and wait until all movement stops.",
          {"en": "2. Shut down in the normal way. Wait until all movement stops.",
           "hi": "2. मशीन को सामान्य तरीके से बंद करें। हर हरकत रुकने तक रुकें।"}, _shut_down, 2),
    Scene("Isolate", "ऊर्जा काटें", "Three. Isolate. Turn the isolator off. A stop button is not isolation.",
          {"en": "3. Isolate. Turn the isolator off. A stop button is not isolation.",
           "hi": "3. ऊर्जा काटें। आइसोलेटर बंद करें। स्टॉप बटन दबाना आइसोलेशन नहीं है।"}, _isolate, 3),
    Scene("Lock and tag", "ताला और टैग लगाएँ", "Four. Put on your own lock and your own tag. Keep the key with you.",
          {"en": "4. Put on your own lock and your own tag. Keep the key with you.",
           "hi": "4. अपना ताला और अपना टैग लगाएँ। चाबी अपने पास रखें।"}, _lock, 4),
    Scene("Release what is stored", "जमा ऊर्जा निकालें", "Five. Release stored energy. Vent, drain, discharge, block, or let it cool.",
          {"en": "5. Release stored energy: vent, drain, discharge, block, or let it cool.",
           "hi": "5. जमा ऊर्जा निकालें: हवा छोड़ें, तरल निकालें, डिस्चार्ज करें, टेक लगाएँ या ठंडा होने दें।"}, _release, 5),
    Scene("Verify zero", "शून्य की जाँच करें", "Six. Verify. Try to start it, and test for voltage. Only now is it safe to work.",
          {"en": "6. Verify. Try to start it, and test for voltage. Only now is it safe to work.",
           "hi": "6. जाँच करें। चलाकर देखें और वोल्टेज नापें। अब जाकर काम करना सुरक्षित है।"}, _verify, 6),
    Scene("", "", "My lock. My key. My life.",
          {"en": "My lock. My key. My life.", "hi": "मेरा ताला, मेरी चाबी, मेरी जान।"}, _closing),
)  # fmt: skip

_POSTER_WORDS = {
    1: "Find every energy. Tell the people there.",
    2: "Normal stop. Wait for standstill.",
    3: "Isolator, valve, plug: off and apart.",
    4: "One person, one lock, one key, one tag.",
    5: "Vent, drain, discharge, block, cool.",
    6: "Try start. Test for 0 V and 0 bar.",
}


def _poster(brush: Brush) -> None:
    colours = brush.palette
    brush.words("Lockout / Tagout: six steps to zero energy", 40, 26, 900, 32, bold=True)
    for place, scene in enumerate(scene for scene in _SCENES if scene.number):
        x, y = 40 + (place % 3) * 310, 90 + (place // 3) * 350
        brush.box(x, y, 296, 334, fill=colours.card, edge=colours.edge, line=1.5, radius=14)
        with brush.moved(x + 8, y + 8, 0.66):
            scene.draw(brush, 0.86)
        brush.disc(x + 30, y + 252, 18, fill=colours.calm)
        brush.centred(str(scene.number), x + 12, y + 234, 36, 36, 20, colours.paper)
        brush.words(scene.title, x + 58, y + 236, 234, 20, bold=True)
        brush.words(scene.title_hi, x + 58, y + 262, 234, 16, colours.quiet)
        brush.words(_POSTER_WORDS[scene.number], x + 14, y + 292, 274, 14, colours.quiet)


def _energy_map(brush: Brush) -> None:
    colours = brush.palette
    points = (
        ("E1", "Main isolator, 415 V", "In the panel, left door", "bolt"),
        ("A1", "Compressed air, 6 bar", "Ball valve under the infeed", "gauge"),
        ("M1", "Raised punch, 40 kg", "Safety prop on hook", "spring"),
        ("H1", "Sealing jaw, 180 °C", "Wait until below 45 °C", "heat"),
    )
    brush.words("Energy map: a blister machine", 30, 22, 700, 26, bold=True)
    with brush.moved(210, 132, 0.95):
        _machine(brush, 30, colours.dark_metal)
    ends = ((272, 254), (554, 254), (330, 280), (500, 280))
    for place, (code, name, where, kind) in enumerate(points):
        x, y = (30, 560)[place % 2], 80 + (place // 2) * 270
        brush.line([(x + 105, y + 75 if place < 2 else y), ends[place]], colours.edge, 2)
        brush.box(x, y, 210, 150, fill=colours.card, edge=colours.edge, line=1.5, radius=12)
        energy_sign(brush, kind, x + 42, y + 46)
        brush.words(code, x + 88, y + 24, 110, 30, colours.calm, bold=True)
        brush.words(name, x + 14, y + 92, 190, 15, bold=True)
        brush.words(where, x + 14, y + 116, 190, 14, colours.quiet)


_POSTER_IN_HINDI = {
    "Lockout / Tagout: six steps to zero energy": "लॉकआउट / टैगआउट: शून्य ऊर्जा के छह कदम",
    **each_other(_SCENES),
    "Find every energy. Tell the people there.": "हर ऊर्जा पहचानें। वहाँ के लोगों को बताएँ।",
    "Normal stop. Wait for standstill.": "सामान्य तरीके से बंद करें। पूरी तरह रुकने दें।",
    "Isolator, valve, plug: off and apart.": "आइसोलेटर, वाल्व, प्लग: बंद और अलग।",
    "One person, one lock, one key, one tag.": "एक व्यक्ति, एक ताला, एक चाबी, एक टैग।",
    "Vent, drain, discharge, block, cool.": "हवा छोड़ें, निकालें, डिस्चार्ज, टेक, ठंडा।",
    "Try start. Test for 0 V and 0 bar.": "स्टार्ट दबाकर देखें। 0 V और 0 bar नापें।",
    "Electric": "बिजली",
    "Air and hydraulic": "हवा और हाइड्रोलिक",
    "Spring and weight": "स्प्रिंग और भार",
    "Heat and steam": "गर्मी और भाप",
    "STOP": "STOP",
    "START": "START",
    "ON": "ON",
    "OFF": "OFF",
    "LIVE": "चालू",
    "DANGER": "खतरा",
    "Do not operate": "चालू न करें",
    "bar": "bar",
    "0 bar": "0 bar",
    "venting": "हवा निकल रही है",
    "nothing moves": "कुछ नहीं चलता",
    "0 V": "0 V",
    "The six steps of lockout: prepare, shut down, isolate, lock and tag, release stored energy, verify.":
        "लॉकआउट के छह कदम: तैयारी, बंद करना, ऊर्जा काटना, ताला और टैग, जमा ऊर्जा निकालना, जाँच।",
}  # fmt: skip
_MAP_IN_HINDI = {
    "bar": "bar",
    "Energy map: a blister machine": "ऊर्जा नक्शा: एक ब्लिस्टर मशीन",
    **{code: code for code in ("E1", "A1", "M1", "H1")},
    "Main isolator, 415 V": "मुख्य आइसोलेटर, 415 V",
    "In the panel, left door": "पैनल में, बायाँ दरवाज़ा",
    "Compressed air, 6 bar": "कंप्रेस्ड हवा, 6 bar",
    "Ball valve under the infeed": "इनफ़ीड के नीचे बॉल वाल्व",
    "Raised punch, 40 kg": "उठा हुआ पंच, 40 kg",
    "Safety prop on hook": "सेफ़्टी टेक हुक पर",
    "Sealing jaw, 180 °C": "सीलिंग जबड़ा, 180 °C",
    "Wait until below 45 °C": "45 °C से नीचे होने तक रुकें",
    "Energy map of a blister machine with four lock points: E1 electric, A1 air, M1 raised punch, H1 hot jaw.":
        "ब्लिस्टर मशीन का ऊर्जा नक्शा, ताले की चार जगहें: E1 बिजली, A1 हवा, M1 उठा हुआ पंच, H1 गर्म जबड़ा।",
}  # fmt: skip

COURSE = Course(
    "loto",
    films=(Film("02-six-steps-to-zero-energy.webm", _SCENES),),
    pictures=(
        Picture("04-six-steps-poster.svg", 980, 790, _poster,
                "The six steps of lockout: prepare, shut down, isolate, lock and tag, release stored energy, verify.", _POSTER_IN_HINDI),
        Picture("pictures/energy-map.png", 800, 520, _energy_map,
                "Energy map of a blister machine with four lock points: E1 electric, A1 air, M1 raised punch, H1 hot jaw.", _MAP_IN_HINDI),
    ),
)  # fmt: skip
