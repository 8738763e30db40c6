#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Draws walk.png, the map in briefing.yaml: 85 mm wide at 300 ppi. Needs python3-pil."""
import os

from PIL import Image, ImageColor, ImageDraw, ImageFont

HERE = os.path.dirname(os.path.abspath(__file__))
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
WIDTH, HEIGHT, FINE = 1004, 640, 4  # drawn four times as large, then made smaller
PAPER, STREET, HOUSE, WAY, INK = "#f4f1ea", "#ffffff", "#d8d2c4", "#55504a", "#222222"
COOL, WARM, HOT = "#7fb2d6", "#f0b45a", "#c8452f"
TREE = "#a9c79a"

STREETS = [((0, 150), (1004, 110), 46), ((0, 420), (1004, 470), 60),
           ((210, 0), (250, 640), 40), ((560, 0), (540, 640), 52),
           ((850, 0), (830, 640), 38), ((0, 600), (1004, 610), 30)]
PARK = (585, 150, 810, 425)
STOPS = [(60, 148, "A", WARM), (228, 142, "B", WARM), (240, 428, "C", HOT),
         (395, 440, "D", HOT), (549, 448, "E", HOT), (690, 300, "F", COOL),
         (836, 300, "G", WARM), (842, 118, "H", COOL)]


def scaled(*values):
    return [v * FINE for v in values]


def draw():
    image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), PAPER)
    pen = ImageDraw.Draw(image)
    for x in range(20, WIDTH, 118):
        for y in range(16, HEIGHT, 92):
            pen.rectangle(scaled(x, y, x + 92, y + 66), fill=HOUSE)
    pen.rectangle(scaled(*PARK), fill=TREE)
    for (x1, y1), (x2, y2), width in STREETS:
        pen.line(scaled(x1, y1, x2, y2), fill=STREET, width=width * FINE)
    way = [c for x, y, _, _ in STOPS for c in (x, y)]
    pen.line(scaled(*way), fill=WAY, width=8 * FINE, joint="curve")
    font = ImageFont.truetype(FONT, 34 * FINE)
    for x, y, name, color in STOPS:
        pen.ellipse(scaled(x - 31, y - 31, x + 31, y + 31), fill=color, outline=INK,
                    width=4 * FINE)
        pen.text(scaled(x, y), name, font=font, fill=INK, anchor="mm")
    return image.resize((WIDTH, HEIGHT), Image.LANCZOS)


def palette():
    """Sixteen colours: those that are used, and greys for the edges between them."""
    wanted = [PAPER, STREET, HOUSE, WAY, INK, COOL, WARM, HOT, TREE,
              "#9a9488", "#7d776d", "#b9b3a6", "#3b3835", "#4f6f86", "#7d3328", "#96703c"]
    image = Image.new("P", (1, 1))
    image.putpalette([c for name in wanted for c in ImageColor.getrgb(name)])
    return image


def main():
    image = draw().quantize(palette=palette(), dither=Image.Dither.NONE)
    image.save(os.path.join(HERE, "walk.png"), bits=4, optimize=True, dpi=(300, 300))


if __name__ == "__main__":
    main()
