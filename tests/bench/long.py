# SPDX-License-Identifier: MIT
"""A note of about 550 pages, the same text for infonote and for each peer.

The words are those of the information note, drawn by a fixed congruence, so that every
run and machine has the same text and no two paragraphs are alike."""
import html
import re

CHAPTERS = 110


class Words:
    def __init__(self, text):
        self.words = sorted(set(re.findall(r"[A-Za-z]{2,}", text)), key=str)
        self.state = 12345

    def number(self, low, high):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2 ** 64
        return low + (self.state >> 33) % (high - low + 1)

    def phrase(self, n):
        return " ".join(self.words[self.number(0, len(self.words) - 1)].lower()
                        for _ in range(n))

    def sentence(self):
        return self.phrase(self.number(7, 22)).capitalize() + "."

    def paragraph(self):
        return " ".join(self.sentence() for _ in range(self.number(4, 8)))


def blocks(text):
    """(kind, text): heading, paragraph, item."""
    words = Words(text)
    for _ in range(CHAPTERS):
        yield "heading", words.phrase(4).capitalize()
        for part in range(26):
            if part % 5 == 4:
                for _ in range(4):
                    yield "item", words.sentence()
            else:
                yield "paragraph", words.paragraph()


def as_note(listed):
    out = ["layout: information-note", "lang: en-GB", "title: A long note", "sections:"]
    for kind, text in listed:
        if kind == "heading":
            out += [f"  - heading: {text}", "    body: |"]
        else:
            out += ["      " + ("- " if kind == "item" else "") + text]
            out += [""] if kind == "paragraph" else []
    return separate_lists(out)


def separate_lists(lines):
    out = []
    for line in lines:
        if out and out[-1].startswith("      - ") and not line.startswith("      - "):
            out.append("")
        out.append(line)
    return "\n".join(out) + "\n"


def as_ms(listed):
    forms = {"heading": ".NH\n%s", "paragraph": ".LP\n%s", "item": ".IP \\[bu] 4\n%s"}
    return "\n".join(forms[k] % t for k, t in listed) + "\n"


def as_typst(listed):
    forms = {"heading": "\n= %s\n", "paragraph": "\n%s\n", "item": "- %s"}
    return "\n".join(forms[k] % t for k, t in listed) + "\n"


def in_lists(listed, forms, opening, closing):
    out, inside = [], False
    for kind, text in listed:
        if (kind == "item") != inside:
            inside = not inside
            out.append(opening if inside else closing)
        out.append(forms[kind] % text)
    return "\n".join(out + ([closing] if inside else [])) + "\n"


def as_tex(listed):
    return in_lists(listed, {"heading": "\\section{%s}", "paragraph": "%s\n",
                             "item": "\\item %s"}, "\\begin{itemize}", "\\end{itemize}")


def as_html(listed):
    listed = [(k, html.escape(t)) for k, t in listed]
    return in_lists(listed, {"heading": "<h2>%s</h2>", "paragraph": "<p>%s</p>",
                             "item": "<li>%s</li>"}, "<ul>", "</ul>")
