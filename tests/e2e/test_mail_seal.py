# SPDX-License-Identifier: MIT
"""Sealed messages, judged by what opens them: pdfsig, qpdf, openssl."""
import email
import email.policy
import os
import shutil
import subprocess
import unittest

from program import PROGRAM, Case, environment, output_of, read, run, tool, write

NOTE = """lang: en-GB
title: Minutes
body: The ladders have been replaced.
email: {from: ada@example.org, to: ben@example.org}
"""
TEMPLATE = """lang: en-GB
title: Reading {{id}}
body: Meter {{id}}.
email: {from: office@example.org, to: "{{address}}"}
"""
HELPER = os.path.join(os.path.dirname(PROGRAM), "infonote-mail")
EPOCH = "1700000000"


class Sealing(Case):
    def setUp(self):
        super().setUp()
        if not os.path.exists(HELPER):
            raise unittest.SkipTest("infonote-mail was not built")
        for program in ("openssl", "pdfsig", "qpdf"):
            tool(program)
        self.note = self.path("note.yaml")
        write(self.note, NOTE)

    def key(self, name="key", kind=("rsa:2048",), password=None):
        """A key, and a certificate that is its own root."""
        key, cert = self.path(f"{name}.pem"), self.path(f"{name}-cert.pem")
        locked = ["-passout", f"pass:{password}"] if password else ["-nodes"]
        subprocess.run(["openssl", "req", "-x509", "-newkey", *kind, *locked, "-keyout", key,
                        "-out", cert, "-days", "2", "-subj",
                        "/CN=Ada Moor/emailAddress=ada@example.org"], check=True,
                       capture_output=True)
        return key, cert

    def mail(self, *arguments, out="note.eml", status=0, **env):
        p = run("mail", self.note, "-o", self.path(out), *arguments,
                env=environment(SOURCE_DATE_EPOCH=EPOCH, **env))
        self.assertEqual(p.returncode, status, p.stderr)
        return p

    def message(self, out="note.eml"):
        return email.message_from_bytes(read(self.path(out)), policy=email.policy.default)

    def pdf(self, out="note.eml", name="note.pdf"):
        parts = [p for p in self.message(out).walk()
                 if p.get_content_type() == "application/pdf"]
        write(self.path(name), parts[0].get_payload(decode=True))
        return self.path(name)


class Signed(Sealing):
    def assert_signed(self, pdf, *more):
        status, said, _ = output_of("pdfsig", *more, pdf)
        self.assertEqual(status, 0, said)
        for text in ("Signature is Valid", "Total document signed", "ETSI.CAdES.detached",
                     "SHA-256", "Ada Moor"):
            self.assertIn(text, said)

    def test_the_pdf(self):
        for kind in (("rsa:2048",), ("ec", "-pkeyopt", "ec_paramgen_curve:P-256")):
            with self.subTest(kind=kind[0]):
                key, cert = self.key(kind=kind)
                self.mail("--sign", key, "--cert", cert)
                pdf = self.pdf()
                self.assert_signed(pdf)
                self.assertEqual(output_of("qpdf", "--check", pdf)[0], 0)
                self.assertIn(b"pdfaid:part", read(pdf))

    def test_changed_behind_its_back(self):
        key, cert = self.key()
        self.mail("--sign", key, "--cert", cert)
        pdf = self.pdf()
        text = read(pdf).replace(b">Minutes</rdf:li>", b">Minuets</rdf:li>")
        self.assertTrue(text != read(pdf))
        write(pdf, text)
        said = output_of("pdfsig", pdf)[1]
        self.assertIn("Digest Mismatch", said)
        self.assertNotIn("Signature is Valid", said)

    def test_the_same_bytes_again(self):
        key, cert = self.key()
        for out in ("a.eml", "b.eml"):
            self.mail("--sign", key, "--cert", cert, "--smime", key, out=out)
        self.assertEqual(read(self.path("a.eml")), read(self.path("b.eml")))

    def test_its_cms_as_pades_wants_it(self):
        """The signing certificate is named in it, and no time."""
        key, cert = self.key()
        self.mail("--sign", key, "--cert", cert)
        pdf = self.pdf()
        output_of("pdfsig", "-dump", os.path.basename(pdf), cwd=self.folder)
        dumped = [n for n in os.listdir(self.folder) if n.endswith(".sig0")]
        self.assertEqual(len(dumped), 1)
        status, said, _ = output_of("openssl", "cms", "-cmsout", "-print", "-inform", "DER",
                                    "-in", self.path(dumped[0]))
        self.assertEqual(status, 0)
        self.assertIn("id-smime-aa-signingCertificateV2", said)
        self.assertNotIn("signingTime", said)

    def test_the_message(self):
        key, cert = self.key()
        self.mail("--smime", key, "--cert", cert)
        m = self.message()
        self.assertEqual((m.get_content_type(), m.get_param("micalg"), list(m.defects)),
                         ("multipart/signed", "sha-256", []))
        self.assertEqual([p.get_content_type() for p in m.iter_parts()][1],
                         "application/pkcs7-signature")
        self.assertEqual(str(m["to"]), "ben@example.org")
        status, _, said = output_of("openssl", "cms", "-verify", "-in", self.path("note.eml"),
                                    "-CAfile", cert, "-out", self.path("inner"))
        self.assertEqual(status, 0, said)
        inner = read(self.path("inner"))
        self.assertIn(b"application/pdf", inner)
        self.assertNotIn(b"To: ben", inner)
        broken = read(self.path("note.eml")).replace(b"Minutes", b"minutes")
        write(self.path("broken.eml"), broken)
        self.assertNotEqual(output_of("openssl", "cms", "-verify", "-in",
                                      self.path("broken.eml"), "-CAfile", cert)[0], 0)

    def test_a_key_with_a_password(self):
        key, cert = self.key(password="geheim")
        self.mail("--sign", key, "--cert", cert, INFONOTE_KEY_PASSWORD="geheim")
        self.assert_signed(self.pdf())
        for env in ({"INFONOTE_KEY_PASSWORD": "falsch"}, {}):
            p = self.mail("--sign", key, "--cert", cert, out="n.eml", status=3, **env)
            self.assertIn(b"no key that can be used", p.stderr)
            self.assertFalse(os.path.exists(self.path("n.eml")))

    def test_keys_that_are_none(self):
        key, cert = self.key()
        other, _ = self.key("other")
        write(self.path("text"), "no key")
        for arguments, status, text in (
                (["--sign", key], 2, "needs its certificate"),
                (["--cert", cert], 2, "is for a key"),
                (["--sign", other, "--cert", cert], 3, "is not the key's"),
                (["--sign", self.path("text"), "--cert", cert], 3, "holds no key"),
                (["--sign", key, "--cert", self.path("text")], 3, "holds no certificate"),
                (["--smime", self.path("nowhere"), "--cert", cert], 3, "cannot read")):
            p = self.mail(*arguments, status=status, out="n.eml")
            self.assertIn(text, p.stderr.decode())
            self.assertFalse(os.path.exists(self.path("n.eml")))


class Encrypted(Sealing):
    def opens(self, pdf, password):
        return output_of("qpdf", f"--password={password}", "--check", pdf)[0] == 0

    def test_opens_with_the_password_alone(self):
        for password in ("geheim", "Zoë 🔑", "x" * 127):
            self.mail("--encrypt-pdf", INFONOTE_PDF_PASSWORD=password)
            pdf = self.pdf()
            self.assertTrue(self.opens(pdf, password))
            for other in ("", "Geheim", password + "x", password[:-1], "owner"):
                if len(password) < 127 or len(other) < 127: # longer ones are cut off
                    self.assertFalse(self.opens(pdf, other), other)
            self.assertNotEqual(output_of("qpdf", "--check", pdf)[0], 0)
        status, said, _ = output_of("qpdf", "--password=" + "x" * 127, "--show-encryption",
                                    pdf)
        self.assertEqual(status, 0)
        self.assertIn("R = 6", said)
        self.assertIn("file encryption method: AESv3", said)
        self.assertIn("extract for accessibility: allowed", said)

    def test_it_does_not_claim_to_be_an_archive(self):
        write(self.path("password"), "geheim\n")
        self.mail("--encrypt-pdf", "--pdf-password", self.path("password"))
        self.assertTrue(self.opens(self.pdf(), "geheim"))
        _, said, _ = output_of("qpdf", "--password=geheim", "--decrypt", "--qdf",
                               self.path("note.pdf"), "-")
        self.assertIn("pdfuaid:part", said)
        self.assertNotIn("pdfaid:part", said)
        p = self.mail("--encrypt-pdf", "--standard", "a-2a,ua-1", status=2,
                      INFONOTE_PDF_PASSWORD="x")
        self.assertIn(b"cannot be PDF/A", p.stderr)

    def test_signed_and_encrypted(self):
        key, cert = self.key()
        self.mail("--encrypt-pdf", "--sign", key, "--cert", cert,
                  INFONOTE_PDF_PASSWORD="geheim")
        _, said, _ = output_of("pdfsig", "-upw", "geheim", self.pdf())
        self.assertIn("Signature is Valid", said)
        self.assertFalse(self.opens(self.pdf(), ""))

    def test_a_file_for_print_is_not_sealed(self):
        """PDF/X-4 has no fields and is not encrypted; nobody gets another file unasked."""
        profile = "/usr/share/color/icc/ghostscript/default_cmyk.icc"
        if not os.path.exists(profile):
            self.skipTest("Ghostscript's profiles are not installed")
        key, cert = self.key()
        shutil.copy(profile, self.path("press.icc"))
        write(self.path("own.yaml"), "extends: information-note\n"
                                     "print: {always: true, profile: press.icc}\n")
        write(self.note, NOTE + "layout: ./own.yaml\n")
        for words, options, env, otherwise in (
                (b"cannot be signed: PDF/X-4 has no fields", ["--sign", key, "--cert", cert],
                 {}, "a-2a,ua-1"),
                (b"cannot be encrypted: PDF/X-4 forbids it", ["--encrypt-pdf"],
                 {"INFONOTE_PDF_PASSWORD": "geheim"}, "ua-1")):
            with self.subTest(options=options):
                p = self.mail(*options, out="n.eml", status=1, **env)
                self.assertIn(b"error[bad-seal]", p.stderr)
                self.assertIn(words, p.stderr)
                self.assertFalse(os.path.exists(self.path("n.eml")))
                p = self.mail(*options, "--standard", "x-4", out="n.eml", status=1, **env)
                self.assertIn(words, p.stderr)
                self.mail(*options, "--standard", otherwise, **env)
        self.mail("--smime", key, "--cert", cert)
        self.assertIn(b"GTS_PDFXVersion", read(self.pdf()))

    def test_no_password(self):
        for arguments, env, text in (
                (["--encrypt-pdf"], {}, "INFONOTE_PDF_PASSWORD"),
                (["--encrypt-pdf"], {"INFONOTE_PDF_PASSWORD": "x" * 128}, "longer than 127"),
                (["--pdf-password", self.note], {}, "must hold one line")):
            p = self.mail(*arguments, status=2, out="n.eml", **env)
            self.assertIn(text, p.stderr.decode())
            self.assertFalse(os.path.exists(self.path("n.eml")))


class Bulk(Sealing):
    def setUp(self):
        super().setUp()
        self.template, self.data = self.path("t.yaml"), self.path("p.csv")
        write(self.template, TEMPLATE)
        write(self.data, "id,address,pin\n" + "".join(
            f"{i},u{i}@example.org,p-{i}\n" for i in range(1, 6)))

    def bulk(self, *arguments, status=0):
        p = run("bulk", self.template, "--data", self.data, "--mail", *arguments,
                env=environment(SOURCE_DATE_EPOCH=EPOCH), cwd=self.folder)
        self.assertEqual(p.returncode, status, p.stderr)
        return p

    def test_a_password_a_record(self):
        key, cert = self.key()
        self.bulk("-o", "out/{{id}}.eml", "--encrypt-pdf", "--password-field", "pin",
                  "--sign", key, "--cert", cert, "-j2")
        for i in range(1, 6):
            pdf = self.pdf(f"out/{i}.eml", f"{i}.pdf")
            for k in range(1, 6):
                status = output_of("qpdf", f"--password=p-{k}", "--check", pdf)[0]
                self.assertEqual(status == 0, i == k)
            self.assertIn("is Valid", output_of("pdfsig", "-upw", f"p-{i}", pdf)[1])

    def test_a_record_without_one(self):
        write(self.data, "id,address,pin\n1,a@example.org,\n2,b@example.org,x\n")
        p = self.bulk("-o", "{{id}}.eml", "--encrypt-pdf", "--password-field", "pin",
                      status=4)
        self.assertRegex(p.stderr, rb"error\[bad-seal\]: the PDF cannot be sealed.*\n.*\n.*\n"
                                   rb".*p\.csv:2: note: in this record")
        self.assertFalse(os.path.exists(self.path("1.eml")))
        self.assertTrue(os.path.exists(self.path("2.eml")))
        p = self.bulk("-o", "{{id}}.eml", "--encrypt-pdf", "--password-field", "pn",
                      status=1)
        self.assertIn(b"no field `pn`, which `--password-field` asks for", p.stderr)

    def test_a_password_in_nested_data(self):
        data = self.path("p.jsonl")
        write(data, '{"id":1,"address":"a@example.org","pin":"p-1","more":{"x":[1]}}\n')
        p = run("bulk", self.template, "--data", data, "--mail", "-o",
                self.path("{{id}}.eml"), "--encrypt-pdf", "--password-field", "pin")
        self.assertEqual(p.returncode, 0, p.stderr)
        self.assertEqual(output_of("qpdf", "--password=p-1", "--check",
                                   self.pdf("1.eml"))[0], 0)

    def test_places(self):
        """The same messages in files, in a Maildir, in an mbox; in the data's order there."""
        self.bulk("-o", "out/{{id}}.eml")
        self.bulk("--maildir", "box")
        self.bulk("--maildir", "box") # the same again is the same
        self.bulk("--mbox", "all.mbox", "-j3")
        files = [read(self.path(f"out/{i}.eml")) for i in range(1, 6)]
        names = os.listdir(self.path("box/new"))
        self.assertEqual(sorted(files), sorted(read(self.path(f"box/new/{n}"))
                                               for n in names))
        self.assertEqual((os.listdir(self.path("box/tmp")), os.listdir(self.path("box/cur"))),
                         ([], []))
        mbox = read(self.path("all.mbox"))
        parts = mbox.split(b"From office@example.org Tue Nov 14 22:13:20 2023\n")
        self.assertEqual(parts, [b""] + [f + b"\n" for f in files])

    def test_lines_from_in_an_mbox(self):
        import mailbox
        write(self.template, TEMPLATE.replace("body: Meter {{id}}.",
                                              "body: '`x`'\nattachments: [text.txt]"))
        write(self.path("text.txt"), "From here\n>From there\n")
        self.bulk("-o", "out/{{id}}.eml", "--limit", "1")
        self.bulk("--mbox", "all.mbox")
        self.assertEqual(len(mailbox.mbox(self.path("all.mbox"))), 5)

    def test_a_signature_survives_mailboxes(self):
        """Lines that programs on the way change, and blanks that they lose, are encoded."""
        key, cert = self.key()
        write(self.template, TEMPLATE.replace("body: Meter {{id}}.", "body: |\n"
                                              "  From here on, and From\\\n  there.\n\n"
                                              "  ```\n  From code  \n  From \n  ```\n\n"
                                              f"  {'From ' * 60}\n"))
        for place in (("--mbox", "all.mbox"), ("-o", "{{id}}.eml")):
            self.bulk(*place, "--smime", key, "--cert", cert, "--limit", "1")
        raw = read(self.path("1.eml"))
        for line in raw.split(b"\n"):
            self.assertFalse(line.startswith((b"From ", b">From ")) or line.endswith(b" "), line)
            self.assertLessEqual(len(line), 78)
        self.assertGreaterEqual(raw.count(b"\n=46rom "), 6)
        self.assertEqual(read(self.path("all.mbox")).split(b"\n", 1)[1], raw + b"\n")
        status, _, said = output_of("openssl", "cms", "-verify", "-in", self.path("1.eml"),
                                    "-CAfile", cert, "-out", self.path("inner"))
        self.assertEqual(status, 0, said)
        inner = email.message_from_bytes(read(self.path("inner")), policy=email.policy.default)
        text = inner.get_body(("plain",)).get_content().replace("\r", "")
        self.assertIn("From here on, and From\nthere.\n", text)
        self.assertIn("    From code  \n    From \n", text)

    def test_an_mbox_on_standard_output(self):
        self.bulk("--mbox", "all.mbox")
        p = self.bulk("--mbox", "-")
        self.assertEqual(p.stdout, read(self.path("all.mbox")))
        self.assertIn(b"5 done", p.stderr)
        self.assertFalse(os.path.exists(self.path("-")) or os.path.exists(self.path("-.part")))
        with open("/dev/full", "wb") as full:
            p = subprocess.run([PROGRAM, "bulk", self.template, "--data", self.data, "--mail",
                                "--mbox", "-"], stdout=full, stderr=subprocess.PIPE,
                               check=False)
        self.assertEqual(p.returncode, 3)
        self.assertIn(b"cannot write `<stdout>`", p.stderr)
        self.assertIn(b"cannot be both", self.bulk("--mbox", "-", "--format", "json",
                                                   status=2).stderr)
        self.assertIn(b"takes a folder", self.bulk("--maildir", "-", status=2).stderr)

    def test_records_that_are_the_same(self):
        """Two messages all the same: each is there, and has its own Message-ID."""
        write(self.data, "id,address,pin\n" + "1,a@example.org,x\n" * 3)
        p = self.bulk("--maildir", "box")
        self.assertIn(b"3 done", p.stderr)
        found = [read(self.path(f"box/new/{n}")) for n in os.listdir(self.path("box/new"))]
        self.assertEqual(len(found), 3)
        self.assertEqual(len({email.message_from_bytes(f)["message-id"] for f in found}), 3)
        self.bulk("--maildir", "box")
        self.assertEqual(len(os.listdir(self.path("box/new"))), 3)

    def test_resumed_into_a_maildir(self):
        self.bulk("--maildir", "box", "--report", "r", "--limit", "3")
        p = self.bulk("--maildir", "box", "--report", "r", "--resume")
        self.assertIn(b"2 done, 3 done before", p.stderr)
        self.assertEqual(len(os.listdir(self.path("box/new"))), 5)

    def test_a_run_without_errors_only(self):
        """Nothing takes its place that is not whole."""
        write(self.data, "id,address,pin\n")
        self.bulk("--mbox", "all.mbox", status=1)
        self.assertFalse([n for n in os.listdir(self.folder) if "mbox" in n])


if __name__ == "__main__":
    unittest.main()
