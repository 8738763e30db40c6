#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""docs/information-note.png: the first page of examples/information-note.yaml.

    tests/e2e/picture.py --write      makes it anew, after a look at what changed

Sixteen greys, no filters, a thin frame: small, and easy to read again for the test."""
import os
import struct
import subprocess
import sys
import tempfile
import zlib
from collections import namedtuple

from program import NOTE, PROGRAM, ROOT, environment, tool

FILE = os.path.join(ROOT, "docs", "information-note.png")
RESOLUTION = 80
FRAME = 12
SIGNATURE = b"\x89PNG\r\n\x1a\n"

Picture = namedtuple("Picture", "width height rows")  # rows of greys, 0 to 15


def rendered():
    with tempfile.TemporaryDirectory(prefix="infonote-") as folder:
        pdf = os.path.join(folder, "page.pdf")
        subprocess.run([PROGRAM, "render", "-o", pdf, NOTE], check=True, env=environment())
        subprocess.run([tool("pdftoppm"), "-r", str(RESOLUTION), "-gray", "-singlefile",
                        "-f", "1", pdf, pdf[:-4]], check=True,
                       env=environment(LD_PRELOAD=None))
        with open(pdf[:-4] + ".pgm", "rb") as f:
            return framed(from_pgm(f.read()))


def from_pgm(data):
    magic, size, most, pixels = data.split(b"\n", 3)
    width, height = (int(n) for n in size.split())
    assert magic == b"P5" and most == b"255"
    return Picture(width, height, [
        [(p * 15 + 127) // 255 for p in pixels[y * width:(y + 1) * width]]
        for y in range(height)])


def framed(p):
    edge = [FRAME] * p.width
    return p._replace(rows=[edge] + [[FRAME] + row[1:-1] + [FRAME]
                                     for row in p.rows[1:-1]] + [edge])


def chunk(name, data):
    return (struct.pack(">I", len(data)) + name + data
            + struct.pack(">I", zlib.crc32(name + data)))


def as_png(p):
    lines = b"".join(
        b"\0" + bytes(a << 4 | b for a, b in zip(row[::2], (row + [0])[1::2]))
        for row in p.rows)
    head = struct.pack(">IIBBBBB", p.width, p.height, 4, 0, 0, 0, 0)
    return (SIGNATURE + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines, 9))
            + chunk(b"IEND", b""))


def kept():
    with open(FILE, "rb") as f:
        data = f.read()
    assert data.startswith(SIGNATURE)
    at, idat = len(SIGNATURE), b""
    while at < len(data):
        size, name = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + size]
        if name == b"IHDR":
            width, height, depth, kind = struct.unpack(">IIBB", body[:10])
            assert (depth, kind) == (4, 0)
        elif name == b"IDAT":
            idat += body
        at += 12 + size
    lines, step = zlib.decompress(idat), 1 + (width + 1) // 2
    rows = []
    for y in range(height):
        line = lines[y * step:(y + 1) * step]
        assert line[0] == 0
        rows.append([n for b in line[1:] for n in (b >> 4, b & 15)][:width])
    return Picture(width, height, rows)


def difference(a, b):
    """The share of pixels that are clearly different: another version of the tool that
    draws them changes greys a little, a fraction of a point moves a line by a pixel
    (0.001); a paragraph that breaks otherwise is 0.004 or more."""
    many = sum(abs(x - y) > 6 for r, s in zip(a.rows, b.rows) for x, y in zip(r, s))
    return many / (a.width * a.height)


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit(__doc__)
    with open(FILE, "wb") as out:
        out.write(as_png(rendered()))
    print(f"{FILE}: {os.path.getsize(FILE)} bytes")
