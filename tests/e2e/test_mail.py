# SPDX-License-Identifier: MIT
"""`infonote mail`: messages as Python's email package reads them."""
import email
import email.header
import email.policy
import email.utils
import hashlib
import html.parser
import mailbox
import os
import re
import unittest

import program

EPOCH = {"SOURCE_DATE_EPOCH": "1800000000"}
HELPER = os.path.join(os.path.dirname(program.PROGRAM), "infonote-mail")
NOTE = """lang: en-GB
title: Minutes of the ninth meeting
body: |
  1. The ladders have been replaced.
"""


def defects_of(message):
    found = []
    for part in message.walk():
        found += part.defects
        for name, value in part.items():
            found += getattr(value, "defects", ())
            found += [f"{name} holds a line break"] if "\n" in value else []
    return found


def names_of(value):
    return [str(email.header.make_header(email.header.decode_header(name)))
            for name, _ in email.utils.getaddresses([value])]


# The colours of text on dark screens, and nothing else.
DARK = (r'<style>@media \(prefers-color-scheme:dark\)\{\n'
        r'(\[style\*="color:#[0-9a-f]{6}"\]\{color:#[0-9a-f]{6}!important\}\n)+\}</style>')


@unittest.skipUnless(os.path.exists(HELPER), "infonote-mail is not built")
class MailCase(program.Case):
    def mail(self, note, *arguments, **env):
        out = self.path("out.eml")
        if "\n" in note:
            note = self.path("note.yaml", note)
        self.run_ok("mail", note, "-o", out, *arguments,
                    env=program.environment(**{**EPOCH, **env}))
        self.bytes = program.read(out)
        message = email.message_from_bytes(self.bytes, policy=email.policy.default)
        self.assertEqual(defects_of(message), [])
        self.assertLessEqual(max(map(len, self.bytes.split(b"\n"))), 998)
        self.bytes.decode("ascii")
        return message

    def refused(self, code, note, *arguments):
        path = self.path("note.yaml", note)
        p = self.run_status(1, "mail", path, "-o", self.path("no.eml"), *arguments)
        self.assertFalse(os.path.exists(self.path("no.eml")))
        text = p.stderr.decode()
        self.assertIn(f"error[{code}]", text)
        return text


class Mail(MailCase):
    def test_the_attachment_is_what_render_makes(self):
        message = self.mail(program.NOTE)
        pdf = self.render(program.NOTE, env=program.environment(**EPOCH))
        parts = list(message.iter_attachments())
        self.assertEqual([p.get_content_type() for p in parts], ["application/pdf"])
        self.assertEqual(parts[0].get_filename(), "information-note.pdf")
        self.assertEqual(hashlib.sha256(parts[0].get_content()).hexdigest(),
                         hashlib.sha256(program.read(pdf)).hexdigest())

    def test_head(self):
        message = self.mail(NOTE + """email:
  from: Ada Moor <ada@example.org>
  to: [ben@example.org, "Cleo Ott <cleo@example.org>"]
  cc: dan@example.org
  reply-to: office@example.org
""")
        self.assertEqual(message["from"], "Ada Moor <ada@example.org>")
        self.assertEqual(message["to"], "ben@example.org, Cleo Ott <cleo@example.org>")
        self.assertEqual(message["cc"], "dan@example.org")
        self.assertEqual(message["reply-to"], "office@example.org")
        self.assertEqual(message["subject"], "Minutes of the ninth meeting")
        self.assertEqual(message["date"].datetime.timestamp(), 1800000000)
        self.assertRegex(message["message-id"], r"^<[0-9a-f]{40}@example\.org>$")
        self.assertEqual(message["mime-version"], "1.0")

    def test_options_replace_keys_of_the_note(self):
        message = self.mail(NOTE + "email: {to: [a@example.org, b@example.org], cc: c@d.e}\n",
                            "--to", "x@example.org", "--to", "Y <y@example.org>",
                            "--subject", "Other")
        self.assertEqual(message["to"], "x@example.org, Y <y@example.org>")
        self.assertEqual(message["cc"], "c@d.e")
        self.assertEqual(message["subject"], "Other")

    def test_other_scripts(self):
        subject = "Protokoll über die Prüfung – Ελλάδα 日本語 مرحبا " * 4
        message = self.mail(NOTE, "--subject", subject.strip(),
                            "--from", "Jürgen \"Jim\" Ünü, (Chef); \\o <j@bücher.example>",
                            "--to", "日本太郎 <taro@日本語.example>",
                            "--filename", "Bericht – Übersicht 日本.pdf")
        self.assertEqual(message["subject"], subject.strip())
        sender = message["from"].addresses[0]
        self.assertEqual(sender.display_name, "Jürgen \"Jim\" Ünü, (Chef); \\o")
        self.assertEqual(sender.addr_spec, "j@xn--bcher-kva.example")
        self.assertEqual(message["to"].addresses[0].display_name, "日本太郎")
        self.assertEqual(message["to"].addresses[0].domain, "xn--wgv71a119e.example")
        attachment = next(message.iter_attachments())
        self.assertEqual(attachment.get_filename(), "Bericht – Übersicht 日本.pdf")
        self.assertIn(b"filename*", self.bytes)
        for line in self.bytes.split(b"\n\n")[0].split(b"\n"):
            self.assertLessEqual(len(line), 78 + 2, line)

    def test_words_are_encoded_whole(self):
        """RFC 2047: a word has 75 characters, its line 76, and no half of a letter."""
        note = self.path("note.yaml", NOTE)
        for text in ("日" * 15, "日" * 16, "日" * 39, "日" * 66, "é" * 99, "a" * 74, "a" * 199,
                     "Protokoll über " * 12, "👩‍👩‍👧‍👦" * 7, "e\u0301" * 60, "=?utf-8?q?x?=",
                     "A =?utf-8?B?QQ==?= b", "=?utf-8?q?x?= =?utf-8?q?y?=", "a=?b", "=?=", "x  é  y",
                     "“Quoted”, \"so\" \\ (x) <y> [z]; a@b: é", "שלום =?a?b?c?= مرحبا"):
            if len(text.encode()) > 200:
                text = text[:50]
            name = text.replace('"', "").replace("\\", "").replace("<", "").replace(">", "")
            file = re.sub(r"[\\/]", "", text).encode()[:180].decode(errors="ignore") + ".pdf"
            with self.subTest(text=text):
                message = self.mail(note, "--subject", text, "--from", f'"{name}" <a@b.c>',
                                    "--to", f'"{name}" <b@c.d>', "--to", "c@d.e", "--to",
                                    f'"{name}" <d@e.f>', "--filename", file)
                self.assertEqual(message["subject"], text.strip())
                self.assertEqual(next(message.iter_attachments()).get_filename(), file)
                # Of names, Python's newer reader keeps blanks between encoded words.
                old = email.message_from_bytes(self.bytes)
                self.assertEqual(names_of(old["to"]), [name, "", name])
                self.assertEqual(names_of(old["from"]), [name])
                pdf = old.get_payload()[1]
                self.assertEqual(email.utils.collapse_rfc2231_value(pdf.get_filename()), file)
                words = re.findall(r"=\?[^?]*\?[^?]*\?[^?]*\?=", old.as_string())
                self.assertLessEqual(max(map(len, words), default=0), 75)
                for line in self.bytes.split(b"\n\n")[0].split(b"\n"):
                    if b"=?utf" in line:
                        self.assertLessEqual(len(line), 76, line)
                for word in words:
                    parts = email.header.decode_header(word)
                    self.assertEqual(len(parts), 1)
                    parts[0][0].decode(parts[0][1])

    def test_a_name_for_programs_that_read_ascii_alone(self):
        message = self.mail(NOTE, "--filename", "Übersicht – Œuvre 日本.pdf")
        pdf = next(message.iter_attachments())
        self.assertEqual(pdf.get_filename(), "Übersicht – Œuvre 日本.pdf")
        self.assertEqual(pdf["content-type"].params["name"], "Ubersicht - OEuvre _.pdf")

    def test_merge_fields_fill_the_head(self):
        note = NOTE + "email: {to: '{{name}} <{{address}}>', subject: 'For {{name}}'}\n"
        message = self.mail(note, "--set", "name=Moor, Ada", "--set", "address=a@example.org")
        self.assertEqual(message["to"].addresses[0].display_name, "Moor, Ada")
        self.assertEqual(message["subject"], "For Moor, Ada")
        path = self.path("note.yaml", note)
        for value in ("a@b.c, d@e.f", "a@b.c\nBcc: d@e.f", "", "a@b.c> <d@e.f"):
            p = self.run_status(1, "mail", path, "-o", self.path("no.eml"), "--set", "name=A",
                                "--set", "address=" + value)
            self.assertIn(b"error[bad-address]", p.stderr)

    def test_bcc_is_for_the_program_that_sends(self):
        message = self.mail(NOTE, "--to", "a@example.org", "--bcc", "b@example.org")
        self.assertEqual(message["bcc"], "b@example.org")
        self.assertEqual(message["to"], "a@example.org")

    def test_same_note_same_bytes(self):
        self.mail(program.NOTE, "--to", "a@example.org")
        first = self.bytes
        self.mail(program.NOTE, "--to", "a@example.org", TZ="Asia/Tokyo", USER="x", HOME="/x")
        self.assertEqual(first, self.bytes)
        other = self.mail(program.NOTE, "--to", "b@example.org")["message-id"]
        self.assertNotIn(other.encode(), first)

    def test_what_is_attached(self):
        names = lambda m: [p.get_filename() for p in m.iter_attachments()]
        self.path("cases.csv", "a,b\n1,2\n")
        note = NOTE + "attachments: [cases.csv]\n"
        self.assertEqual(names(self.mail(note)), ["note.pdf", "cases.csv"])
        message = self.mail(note, "--attach", "pdf", "--attach", "source")
        self.assertEqual(names(message), ["note.pdf", "note.yaml", "cases.csv"])
        self.assertEqual(list(message.iter_attachments())[1].get_content().decode(), note)
        self.assertEqual(names(self.mail(NOTE, "--attach", "none")), [])

    def test_standard_output(self):
        p = self.run_ok("mail", program.NOTE, "-o", "-", env=program.environment(**EPOCH))
        self.mail(program.NOTE)
        self.assertEqual(p.stdout, self.bytes)

    def test_maildir(self):
        box = self.path("box")
        for _ in range(2):
            p = self.run_ok("mail", program.NOTE, "--maildir", box, "--bcc", "b@example.org",
                            env=program.environment(**EPOCH))
            self.assertEqual(p.stdout, b"")
        self.assertEqual(sorted(os.listdir(box)), ["cur", "new", "tmp"])
        names = sorted(os.listdir(os.path.join(box, "new")))
        self.assertEqual(len(names), 2)
        self.assertRegex(names[0], r"^1800000000\.[0-9a-f]{40}\.infonote$")
        self.assertEqual(names[1], names[0] + ".1")
        self.assertEqual(os.listdir(os.path.join(box, "tmp")), [])
        found = mailbox.Maildir(box)
        self.assertEqual([m["bcc"] for m in found], ["b@example.org"] * 2)
        self.mail(program.NOTE, "--bcc", "b@example.org")
        self.assertEqual(program.read(os.path.join(box, "new", names[0])), self.bytes)
        self.run_status(3, "mail", program.NOTE, "--maildir", self.path("file", "x"))

    def test_a_disk_that_takes_nothing(self):
        self.run_status(3, "mail", program.NOTE, "-o", self.path("no/such/folder/x.eml"))
        p = self.run_status(3, "mail", program.NOTE, "-o", "/dev/full")
        self.assertIn(b"cannot write `/dev/full`", p.stderr)

    def test_the_note_is_not_replaced(self):
        path = self.path("note.yaml", NOTE)
        self.run_status(2, "mail", path, "-o", path)
        self.assertEqual(program.read(path).decode(), NOTE)

    def test_large(self):
        path = self.path("note.yaml", NOTE)
        p = self.run_ok("mail", path, "-o", self.path("x.eml"), "--max-size", "2KB")
        self.assertRegex(p.stderr.decode(), r"warning\[large-message\]: the message has "
                         r"[0-9.]+ KB, more than 2 KB: note\.pdf [0-9.]+ KB, the HTML ")
        self.run_status(2, "mail", path, "--max-size", "much", "-o", self.path("x.eml"))

    def test_sizes_are_those_in_the_message(self):
        """Of text in other scripts, encoded; of all parts, the text as well."""
        for body in ("é" * 150, "日本語 " * 40, "a=b " * 50):
            path = self.path("note.yaml", NOTE + f"email: {{body: '{body}'}}\n")
            p = self.run_ok("mail", path, "--attach", "none", "--max-size", "100",
                            "-o", self.path("out.eml"))
            message = email.message_from_bytes(program.read(self.path("out.eml")))
            text, markup = (len(part.get_payload().replace("\n", "\r\n"))
                            for part in message.walk() if not part.is_multipart())
            told = p.stderr.decode()
            html = f"{markup} bytes" if markup < 1000 else f"{markup / 1000:.1f} KB"
            self.assertIn(f"the HTML {html}", told)
            self.assertRegex(told, rf"the text ({text}|{text - 2}|{text + 2}) bytes")


class Body(MailCase):
    def parts(self, message):
        text = message.get_body(preferencelist=("plain",)).get_content()
        html = message.get_body(preferencelist=("html",)).get_content()
        return text, html

    def test_the_real_note(self):
        message = self.mail(program.NOTE, "--to", "a@example.org")
        self.assertLessEqual(len(self.bytes), 45000)
        text, html = self.parts(message)
        self.assertLessEqual(max(map(len, text.split("\n"))), 72)
        self.assertTrue(text.startswith("Information Note[1]\n===================\n\nEvent: A "))
        self.assertIn("\n• Discuss the overall challenges of illicit trafficking in their\n"
                      "  diversity;\n", text)
        self.assertEqual([p.get_content_type() for p in message.walk()],
                         ["multipart/mixed", "multipart/alternative", "text/plain",
                          "text/html", "application/pdf"])
        self.assertIn("<li style", html)

    def test_html_loads_nothing(self):
        for path in program.examples():
            with self.subTest(note=os.path.basename(path)):
                message = self.mail(path)
                html = message.get_body(preferencelist=("html",)).get_content()
                shown = set(re.findall(r'\bsrc="cid:([^"]+)"', html))
                ids = {p["content-id"].strip("<>") for p in message.walk() if p["content-id"]}
                self.assertEqual(shown, ids)
                self.assertEqual(re.findall(r'\bsrc="(?!cid:)', html), [])
                html = re.sub(DARK, "", html)
                self.assertEqual(re.findall(r"<(?:script|link|style|iframe|object)\b", html), [])
                self.assertNotIn("url(", html)
                targets = set(re.findall(r'\bid="([^"]+)"', html))
                self.assertLessEqual(set(re.findall(r'href="#([^"]+)"', html)), targets)
                checker = Balance()
                checker.feed(html)
                checker.close()
                self.assertEqual(checker.open, [])

    def test_pictures_travel_along(self):
        message = self.mail(os.path.join(program.EXAMPLES, "briefing.yaml"))
        pictures = [p for p in message.walk() if p.get_content_maintype() == "image"]
        self.assertEqual([p.get_content_type() for p in pictures], ["image/png"])
        self.assertEqual(pictures[0].get_content(),
                         program.read(os.path.join(program.EXAMPLES, "walk.png")))
        self.assertEqual(pictures[0].get_content_disposition(), "inline")
        text, html = self.parts(message)
        self.assertIn('alt="A sketch of streets', html)
        self.assertIn("[A sketch of streets", text)

    def test_covering_text(self):
        message = self.mail(NOTE + "email: {body: 'Dear *{{name}}*,'}\ndata: {name: Ada}\n")
        text, html = self.parts(message)
        self.assertEqual(text.strip(), "Dear _Ada_,")
        self.assertIn("Dear <em>Ada</em>,", html)
        self.assertNotIn("ladders", html)
        self.assertEqual(len(list(message.iter_attachments())), 1)
        text, html = self.parts(self.mail(NOTE, "--body", "See **there**."))
        self.assertEqual(text.strip(), "See *there*.")

    def test_a_very_long_word(self):
        word = "x" * 10000000
        text, html = self.parts(self.mail(NOTE + f"email: {{body: 'a {word}\\nb'}}\n"))
        self.assertIn(word, text)
        self.assertIn(word, html)

    def test_lines_that_mail_would_change(self):
        note = NOTE + "email:\n  body: |\n    From here on\\\n    .\\\n    .dots\n"
        text, _ = self.parts(self.mail(note))
        self.assertEqual(text.strip(), "From here on\n.\n.dots")


class Balance(html.parser.HTMLParser):
    """Elements that were opened and are not closed."""
    VOID = {"meta", "br", "hr", "img"}

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, (self.open, tag)
        self.open.pop()


class Hostile(MailCase):
    def test_addresses(self):
        for value in ("a", "a@b@c", "a@", "@b", "a b@c.d", "a@b..c", ".a@b.c", "a.@b.c",
                      "A <B> <c@d.e>", "Team: a@b.c;", "ä@b.c", "a@b.c d@e.f", "<>", "a@-b.c",
                      "x" * 65 + "@b.c", "a@" + "b" * 64 + ".c", "a@" + "b." * 130 + "c",
                      "a@xn--zzzzzz99999.example", "A <a@b.c", "a@b_c.d", "a@[127.0.0.1]",
                      "a@b.c\u2028", "N" * 201 + " <a@b.c>", "a@b.c.", "\"a b\"@c.d",
                      "=?utf-8?q?x?=@b.c"):
            with self.subTest(value=value):
                keys = ("from", "to", "cc", "bcc", "reply-to")
                told = self.refused("bad-address", NOTE + "email: {" + ", ".join(
                    f"{key}: {value!r}" for key in keys) + "}\n")
                self.assertEqual(told.count("error[bad-address]"), len(keys), told)

    def test_nothing_is_made_for_a_refused_address(self):
        note = self.path("note.yaml", NOTE)
        template = self.path("many.yaml", NOTE + "email: {to: '{{to}}'}\n")
        for value in ("a@\u2603.example", "a@xn--zzzzzz99999.example"):
            data = self.path("data.csv", f"to\n{value}\n")
            one = self.run_status(1, "mail", note, "-o", self.path("no.eml"), "--to", value)
            many = self.run_status(4, "bulk", template, "--data", data, "--mail",
                                   "-o", self.path("no{{to}}.eml"))
            for p in (one, many):
                with self.subTest(value=value, command=p.args[1]):
                    self.assertIn(b"error[bad-address]", p.stderr)
                    self.assertNotIn(b"CRITICAL", p.stderr)

    def test_lines(self):
        for text in ("a\\nBcc: b@c.d", "a\\rb", "a\\u2028b", "a\\x85b"):
            self.refused("bad-header", NOTE + f"email: {{subject: \"{text}\"}}\n")
            self.refused("bad-header", NOTE + f"email: {{filename: \"{text}.pdf\"}}\n")
            self.refused("bad-address", NOTE + f"email: {{to: \"{text} <x@y.z>\"}}\n")
        self.refused("control-character", NOTE + 'email: {subject: "a\\0b"}\n')

    def test_recipients(self):
        many = ", ".join(f"a{i}@example.org" for i in range(10000))
        self.assertIn("10000 addresses", self.refused("bad-address", NOTE +
                                                      f"email: {{to: [{many}]}}\n"))
        half = ", ".join(f"a{i}@example.org" for i in range(600))
        self.refused("bad-address", NOTE + f"email: {{to: [{half}], cc: [{half}]}}\n")
        self.refused("bad-address", NOTE + "email: {to: []}\n")
        self.refused("bad-address", NOTE + "email: {to: ''}\n")
        message = self.mail(NOTE + f"email: {{to: [{half}]}}\n")
        self.assertEqual(len(message["to"].addresses), 600)

    def test_names_of_files(self):
        for name in ("../x.pdf", "a/b.pdf", "a\\\\b.pdf", "x" * 300 + ".pdf", "x", ".pdf"):
            self.refused("bad-file-name", NOTE + f'email: {{filename: "{name}"}}\n')

    def test_subject(self):
        self.refused("bad-header", NOTE + f"email: {{subject: {'x' * 1000}}}\n")

    def test_attach(self):
        self.refused("bad-value", NOTE + "email: {attach: [pdf, none]}\n")
        self.refused("bad-value", NOTE + "email: {attach: docx}\n")
        self.refused("unknown-key", NOTE + "email: {form: a@b.c}\n")


if __name__ == "__main__":
    unittest.main()
