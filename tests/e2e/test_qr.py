# SPDX-License-Identifier: MIT
"""QR codes as a telephone sees them: rendered by Poppler, read by ZBar."""
import unittest

from program import Case, output_of, tool

EPC = "BCD\n002\n1\nSCT\nBFSWDE33BER\nWikimedia\nDE33100205000001194700\nEUR5"
TEXTS = {
    "https://example.org/register?id=42": "",
    "0123456789": ", level: L",
    "Grüße an alle, auch an 東京": ", level: Q",
    EPC: ", level: H, size: 40mm",
    "x" * 700: ", size: 90mm",
}


class Codes(Case):
    def read(self, pdf):
        tool("pdftoppm")
        tool("zbarimg")
        page = self.path("page")
        self.assertEqual(output_of("pdftoppm", "-r", "200", "-png", pdf, page)[0], 0)
        # What it writes to standard error is about a desktop that is not there.
        return output_of("zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable",
                         page + "-1.png")[1]

    def test_what_they_say(self):
        for text, options in TEXTS.items():
            with self.subTest(text[:20]):
                quoted = '"' + text.replace("\n", "\\n") + '"'
                note = self.path("note.yaml", "title: T\nlang: en\nbody:\n  - qr: {text: %s%s}\n"
                                 % (quoted, options))
                self.assertEqual(self.read(self.render(note)), text + "\n")

    def test_on_a_coloured_ground_in_columns(self):
        note = self.path("note.yaml", "layout: briefing\nlang: en\ntitle: T\n"
                         "body:\n  - callout:\n"
                         "      - qr: {text: behind, size: 20mm, align: end}\n")
        self.assertEqual(self.read(self.render(note)), "behind\n")

    def test_they_are_one_shape_each(self):
        tool("qpdf")
        note = self.path("note.yaml", "title: T\nlang: en\nbody:\n  - qr: https://example.org/\n")
        code, text, _ = output_of("qpdf", "--qdf", "--object-streams=disable",
                                  self.render(note), "-")
        self.assertEqual(code, 0)
        self.assertEqual(text.count("\nf\n"), 1)


if __name__ == "__main__":
    unittest.main()
