# SPDX-License-Identifier: MIT
"""Letters as their envelope shows them: where MuPDF and Poppler find the address."""
import os
import re
import unittest

from program import EXAMPLES, Case, output_of, run, tool

MM, INCH = 72 / 25.4, 72
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">'
                  r"(.*?)</word>")

# x, y, width, height of the address on the sheet, and of the window that shows it.
# DIN 5008:2020: six lines in the lower 27.3 mm of a field of 85 by 45 mm, 20 mm from the
# left, whose text begins at 25 mm; the window of a DL envelope (DIN 680) is 90 by 45 mm.
# No. 10: 4 1/2 by 1 1/8 inches, 7/8 from the left, 1/2 from the lower edge, in front of a
# Letter sheet folded in thirds: 11/3 - 1/2 - 1 1/8 inches from its top.
FORMS = {
    "letter-din-5008-a": ((25 * MM, 44.7 * MM, 80 * MM, 27.3 * MM),
                          (20 * MM, 27 * MM, 90 * MM, 45 * MM)),
    "letter-din-5008-b": ((25 * MM, 62.7 * MM, 80 * MM, 27.3 * MM),
                          (20 * MM, 45 * MM, 90 * MM, 45 * MM)),
    "letter-us": ((1 * INCH, 2.167 * INCH, 4.25 * INCH, 0.875 * INCH),
                  (0.875 * INCH, 2.042 * INCH, 4.5 * INCH, 1.125 * INCH)),
}
TOLERANCE = 0.5 * MM

NOTE = """layout: %s
lang: en
title: The subject
date: 1 May 2025
fields:
  From: [Parish, 3 Church Street, Barnstaple]
  To: [Alpha, Bravo, Charlie, Delta%s]
  Remark: Registered
  Your sign: ZZ
  Enclosures: [Plan]
body: |
  Dear sir,

  words.
"""


class Letter(Case):
    def words(self, note):
        """(text, xMin, yMin, xMax, yMax) of page 1."""
        tool("pdftotext")
        pdf = self.write(note) if "\n" in note else note
        code, text, errors = output_of("pdftotext", "-bbox", "-l", "1", pdf, "-")
        self.assertEqual((code, errors), (0, ""))
        return [(m[4],) + tuple(float(v) for v in m[:4]) for m in WORD.findall(text)]

    def write(self, note):
        path = os.path.join(self.folder, "note.yaml")
        with open(path, "w", encoding="utf-8") as f:
            f.write(note)
        pdf = os.path.join(self.folder, "note.pdf")
        p = run("render", path, "-o", pdf)
        self.assertEqual((p.returncode, p.stderr), (0, b""))
        return pdf

    def inside(self, word, rect):
        _, left, top, right, bottom = word
        x, y, width, height = rect
        self.assertGreaterEqual(left, x - TOLERANCE, word)
        self.assertLessEqual(right, x + width + TOLERANCE, word)
        # Poppler's boxes are as high as the face says, the letters lower.
        middle = (top + bottom) / 2
        self.assertGreaterEqual(middle - 4, y - TOLERANCE, word)
        self.assertLessEqual(middle + 4, y + height + TOLERANCE, word)

    def test_the_window_shows_the_address_and_nothing_else(self):
        for layout, (address, window) in FORMS.items():
            with self.subTest(layout):
                more = "" if layout == "letter-us" else ", Echo, Foxtrot"
                words = self.words(NOTE % (layout, more))
                wanted = ["Alpha", "Bravo", "Charlie", "Delta"]
                wanted += more.replace(",", " ").split()
                for name in wanted:
                    self.inside(next(w for w in words if w[0] == name), address)
                x, y, width, height = window
                seen = [w[0] for w in words
                        if w[1] < x + width and w[3] > x and
                        y < (w[2] + w[4]) / 2 < y + height]
                allowed = set(wanted) | {"Registered"}
                if layout != "letter-us":
                    allowed |= {"Parish", "3", "Church", "Street", "Barnstaple", "·"}
                self.assertLessEqual(set(seen), allowed)

    def test_marks_and_text_stand_where_the_standard_has_them(self):
        tool("mutool")
        for layout, folds, text in (("letter-din-5008-a", (87, 148.5, 192), 80.46),
                                    ("letter-din-5008-b", (105, 148.5, 210), 98.46)):
            with self.subTest(layout):
                pdf = self.write(NOTE % (layout, ""))
                code, trace, _ = output_of("mutool", "trace", pdf, "1")
                self.assertEqual(code, 0)
                subject = next(w for w in self.words(pdf) if w[0] == "subject")
                self.assertGreater(subject[4], text * MM)
                self.assertLess(subject[2], (text + 5) * MM)
                found = [(float(x), 841.89 - float(y)) for x, y in
                         re.findall(r'<moveto x="([-\d.]+)" y="([-\d.]+)"', trace)]
                for fold in folds:
                    self.assertTrue(any(x < 5 * MM and abs(y - fold * MM) < TOLERANCE
                                        for x, y in found), (fold, found))

    def test_it_is_read_in_the_order_of_a_letter(self):
        tool("pdfinfo")
        pdf = self.write(NOTE % ("letter-din-5008-b", ""))
        code, text, _ = output_of("pdfinfo", "-struct-text", pdf)
        self.assertEqual(code, 0)
        wanted = ["Parish 3 Church Street Barnstaple", "Registered",
                  "Alpha Bravo Charlie Delta", "Your sign", "Date:", "The subject",
                  "Dear sir", "words.", "Enclosures", "Plan"]
        places = [text.find(words) for words in wanted]
        self.assertEqual(places, sorted(places), text)
        self.assertNotIn(-1, places, text)
        self.assertEqual(text.count("Barnstaple"), 1) # the small line repeats it

    def test_the_examples(self):
        for name in ("letter-window", "letter-us"):
            pdf = os.path.join(self.folder, name + ".pdf")
            p = run("render", os.path.join(EXAMPLES, name + ".yaml"), "-o", pdf)
            self.assertEqual((p.returncode, p.stderr), (0, b""))
            form = FORMS["letter-us" if name == "letter-us" else "letter-din-5008-b"]
            words = self.words(pdf)
            last = next(w for w in words if w[0] in ("99084", "02360"))
            self.inside(last, form[0])


if __name__ == "__main__":
    unittest.main()
