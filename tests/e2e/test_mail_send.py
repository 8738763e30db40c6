# SPDX-License-Identifier: MIT
"""Messages on their way: servers as they should be, and as nobody should have to meet them.
Nothing is sent twice, nothing is lost without a word."""
import json
import os
import signal
import subprocess
import time
import unittest

from mailserver import CLOSE, CLOSE_AFTER, HANG, LEAVE, Server, certificate
from program import PROGRAM, Case, environment, run, tool, write

NOTE = """lang: en-GB
title: Minutes
body: |
  The ladders have been replaced.

  From here on, all is well.
email: {from: ada@example.org, to: [ben@example.org, "Cléo <cleo@example.org>"],
        bcc: archive@example.org}
"""
TEMPLATE = """lang: en-GB
title: Reading {{id}}
body: Meter {{id}}.
email: {from: office@example.org, to: "{{address}}"}
"""
HELPER = os.path.join(os.path.dirname(PROGRAM), "infonote-mail")


def unwanted(word, answer, first=0, last=10 ** 9):
    """An `answer` for commands with the word in them, from the first to the last time."""
    seen = []

    def tell(command, _):
        if word in command:
            seen.append(command)
            if first < len(seen) <= last:
                return answer
        return None
    return tell


class Sending(Case):
    def setUp(self):
        super().setUp()
        if not os.path.exists(HELPER):
            raise unittest.SkipTest("infonote-mail was not built")
        tool("openssl")
        self.tls = certificate(self.folder)
        self.note = self.file("note.yaml", NOTE)

    def file(self, name, text):
        write(self.path(name), text.encode())
        return self.path(name)

    def arguments(self, server, *more, retries="3", timeout="2"):
        return ["--send", server if isinstance(server, str) else server.url, "--tls-ca",
                self.tls[1], "--retries", retries, "--timeout", timeout, *more]

    def send(self, server, *more, env=None, **options):
        return run("mail", self.note, *self.arguments(server, *more, **options),
                   env=environment(**(env or {})))

    def refused(self, server, text, **options):
        p = self.send(server, **options)
        self.assertEqual(p.returncode, 3, p.stderr)
        self.assertIn(text, p.stderr.decode())
        self.assertEqual(p.stdout, b"")
        return p


class Good(Sending):
    def test_it_arrives(self):
        with Server(tls=self.tls) as server:
            p = self.send(server, "-v")
            self.assertEqual((p.returncode, p.stdout), (0, b""))
            self.assertIn(b"3 recipients -> smtp://localhost", p.stderr)
        (sender, to, message), = server.messages
        self.assertEqual(sender, "ada@example.org")
        self.assertEqual(to, ["ben@example.org", "cleo@example.org", "archive@example.org"])
        self.assertNotIn(b"archive", message)
        self.assertTrue(all(line.endswith(b"\r\n") for line in message.splitlines(True)))
        self.assertIn("STARTTLS", server.log)
        self.assertTrue(any("SIZE=" in c for c in server.log))
        self.assertEqual(server.log[-1], "QUIT")
        host = os.uname().nodename
        if len(host) > 3:
            self.assertFalse([c for c in server.log if host in c])

    def test_the_same_bytes_as_in_a_file(self):
        env = environment(SOURCE_DATE_EPOCH="1700000000")
        with Server(tls=self.tls) as server:
            p = run("mail", self.note, "-o", self.path("n.eml"), *self.arguments(server),
                    env=env)
            self.assertEqual((p.returncode, p.stderr), (0, b""))
        with open(self.path("n.eml"), "rb") as f:
            draft = f.read().replace(b"\n", b"\r\n")
        sent = server.messages[0][2]
        self.assertEqual([line for line in draft.split(b"\r\n")
                          if not line.startswith(b"Bcc:")], sent.split(b"\r\n"))

    def test_tls_from_the_first_byte(self):
        with Server(tls=self.tls, implicit=True) as server:
            self.assertEqual(self.send(server).returncode, 0)
        self.assertEqual(len(server.messages), 1)

    def test_lines_that_begin_with_a_dot(self):
        """At the begin, at the end, and wherever libcurl's pieces may end."""
        many = "".join(f"  .{'x' * (i % 40)}\n" for i in range(9000))
        for text in (".The ladders.", "..\n  .", "```\n" + many + "  ```"):
            write(self.note, NOTE.replace("The ladders have been replaced.", text).encode())
            with Server(tls=self.tls) as server:
                p = run("mail", self.note, "-o", self.path("n.eml"),
                        *self.arguments(server),
                        env=environment(SOURCE_DATE_EPOCH="1700000000"))
                self.assertEqual(p.returncode, 0, p.stderr)
            with open(self.path("n.eml"), "rb") as f:
                draft = [line for line in f if not line.startswith(b"Bcc:")]
            self.assertTrue(server.messages[0][2] ==
                            b"".join(draft).replace(b"\n", b"\r\n"))

    def test_a_name_for_this_side(self):
        for name in ("mail.example.org", "[IPv6:2001:db8::1]"):
            with Server(tls=self.tls) as server:
                self.assertEqual(self.send(server, "--helo", name).returncode, 0)
            self.assertEqual([c for c in server.log if c.startswith("EHLO")],
                             [f"EHLO {name}"] * 2)
        for name in ("a b", "a\r\nRSET", "é.example", "x" * 256):
            p = self.send("smtp://localhost", "--helo", name)
            self.assertEqual(p.returncode, 2)
            self.assertIn(b"`--helo` takes the name of a machine", p.stderr)

    def test_without_send_nothing_is_sent(self):
        with Server(tls=self.tls) as server:
            self.assertEqual(run("mail", self.note, "-o", self.path("n.eml")).returncode, 0)
        self.assertEqual(server.connections, 0)


class Passwords(Sending):
    def login(self, *more, user=("ada@example.org", "geheim"), **env):
        with Server(tls=self.tls, user=user) as server:
            p = self.send(server.url.replace("//", "//ada@example.org@"), *more, env=env)
        return server, p

    def test_from_the_environment(self):
        server, p = self.login(INFONOTE_SMTP_PASSWORD="geheim")
        self.assertEqual((p.returncode, len(server.messages)), (0, 1), p.stderr)

    def test_from_a_file(self):
        path = self.file("password", "geheim\n")
        server, p = self.login("--smtp-password", path)
        self.assertEqual((p.returncode, len(server.messages)), (0, 1), p.stderr)

    def test_never_from_the_command_line(self):
        for url in ("smtp://ada:geheim@localhost:1", "smtps://:x@localhost"):
            p = self.send(url)
            self.assertEqual(p.returncode, 2)
            self.assertIn(b"a password has no place there", p.stderr)
            self.assertNotIn(b"geheim", p.stderr)

    def test_the_wrong_one(self):
        server, p = self.login(INFONOTE_SMTP_PASSWORD="falsch")
        self.assertEqual((p.returncode, server.messages), (3, []))
        self.assertIn(b"does not accept the name and the password: 535", p.stderr)
        self.assertEqual(server.connections, 1) # no other try: accounts get locked
        self.assertNotIn(b"falsch", p.stderr)

    def test_none(self):
        _, p = self.login()
        self.assertEqual(p.returncode, 2)
        self.assertIn(b"INFONOTE_SMTP_PASSWORD", p.stderr)
        for text in ("", "two\nlines\n"):
            _, p = self.login("--smtp-password", self.file("password", text))
            self.assertEqual(p.returncode, 2)
            self.assertIn(b"must hold one line", p.stderr)
        _, p = self.login("--smtp-password", self.path("nowhere"))
        self.assertEqual(p.returncode, 3)

    def test_a_server_that_takes_none(self):
        server, p = self.login(user=None, INFONOTE_SMTP_PASSWORD="geheim")
        self.assertEqual((p.returncode, server.messages), (3, []))
        self.assertIn(b"the server takes no passwords", p.stderr)

    def test_not_in_the_clear(self):
        p = self.send("smtp://ada@mail.example", "--no-tls",
                      env={"INFONOTE_SMTP_PASSWORD": "geheim"})
        self.assertEqual(p.returncode, 2)
        self.assertIn(b"show the password to the network", p.stderr)


class Tls(Sending):
    def test_not_offered(self):
        with Server() as server:
            self.refused(server, "the server offers no TLS")
        self.assertEqual(server.messages, [])
        self.assertNotIn("MAIL", server.counts)
        with Server() as server:
            self.assertEqual(self.send(server, "--no-tls").returncode, 0)
        self.assertEqual(len(server.messages), 1)

    def test_a_certificate_of_nobody(self):
        other = certificate(self.folder, "other.example")
        for tls, address in ((other, "localhost"), (self.tls, "127.0.0.1")):
            with Server(tls=tls) as server:
                self.refused(server.url.replace("localhost", address),
                             "certificate is not to be trusted")
            self.assertEqual((server.messages, server.connections), ([], 1))

    def test_a_refusal_that_is_temporary(self):
        with Server(unwanted("STARTTLS", "454 not now", last=1), tls=self.tls) as server:
            self.assertEqual(self.send(server).returncode, 0)
        self.assertEqual(len(server.messages), 1)


class Bad(Sending):
    def test_temporary_then_good(self):
        for word, answer in (("RCPT", "451 4.7.1 greylisted"), ("END", "452 full"),
                             ("MAIL", "421 going away"), ("HELLO", "421 busy"),
                             ("HELLO", CLOSE), ("EHLO", CLOSE), ("DATA", CLOSE)):
            with self.subTest(word=word, answer=answer):
                with Server(unwanted(word, answer, last=1), tls=self.tls) as server:
                    self.assertEqual(self.send(server).returncode, 0)
                self.assertEqual(len(server.messages), 1)

    def test_temporary_for_ever(self):
        with Server(unwanted("RCPT", "451 4.7.1 greylisted"), tls=self.tls) as server:
            self.refused(server, "after several tries: the server refused `RCPT TO:<ben@"
                         "example.org>`: 451 4.7.1 greylisted", retries="1")
        self.assertEqual((server.messages, server.counts["RCPT"]), ([], 2))

    def test_final_is_tried_once(self):
        for word, what in (("cleo", "`RCPT TO:<cleo@example.org>`"), ("END", "the message"),
                           ("MAIL", "`MAIL FROM:<ada@example.org>")):
            with self.subTest(word=word):
                with Server(unwanted(word, "550 5.1.1 no"), tls=self.tls) as server:
                    self.refused(server, f"nothing was sent: the server refused {what}")
                self.assertEqual((server.messages, server.connections), ([], 1))

    def test_it_hangs(self):
        for word in ("HELLO", "EHLO", "RCPT"):
            with self.subTest(word=word):
                with Server(unwanted(word, HANG), tls=self.tls) as server:
                    self.refused(server, "the server does not answer", retries="0",
                                 timeout="1")
                self.assertEqual(server.messages, [])

    def test_the_answer_to_the_message_does_not_come(self):
        for answer, arrived in ((CLOSE, 0), (CLOSE_AFTER, 1)):
            with self.subTest(answer=answer):
                with Server(unwanted("END", answer), tls=self.tls) as server:
                    p = self.refused(server, "whether the message was sent is not known")
                self.assertEqual((len(server.messages), server.connections), (arrived, 1))
                self.assertRegex(p.stderr, rb"Message-ID .*<[0-9a-f]+@example.org>")

    def test_only_a_no_to_the_message_is_one(self):
        """What is neither yes nor no leaves it in doubt: it is not sent again."""
        for answer in ("354 go on", "150 well", "999 what"):
            with self.subTest(answer=answer):
                with Server(unwanted("END", answer, last=1), tls=self.tls) as server:
                    self.refused(server, "whether the message was sent is not known")
                self.assertEqual(server.connections, 1)

    def test_nonsense(self):
        for word in ("HELLO", "MAIL", "END"):
            with self.subTest(word=word):
                with Server(unwanted(word, "HTTP/1.1 400 Bad\x07 \x1b[31m"),
                            tls=self.tls) as server:
                    p = self.send(server)
                self.assertEqual(p.returncode, 3)
                self.assertNotIn(b"\x1b", p.stderr)
                self.assertEqual(server.connections, 1)

    def test_nobody_listens(self):
        with Server() as server:
            url = server.url
        self.refused(url, "no way to the server", retries="0")

    def test_addresses_of_servers(self):
        for url in ("localhost", "http://localhost", "smtp://", "smtp://localhost/path",
                    "smtp://localhost?x", "smtp://@localhost", "smtp://localhost:70000",
                    "file:///etc/passwd", "smtp://local host"):
            p = self.send(url)
            self.assertEqual(p.returncode, 2, url)
            self.assertIn(b"`--send` takes smtp(s)://user@host:port", p.stderr)

    def test_a_message_that_nobody_sends_or_gets(self):
        for email in ("to: ben@example.org", "from: ada@example.org"):
            write(self.note, f"lang: en\ntitle: T\nemail: {{{email}}}\n".encode())
            with Server(tls=self.tls) as server:
                p = self.send(server)
            self.assertEqual(p.returncode, 1)
            self.assertIn(b"error[bad-address]", p.stderr)
            self.assertEqual(server.connections, 0)

    def test_interrupted_while_it_waits(self):
        with Server(unwanted("RCPT", "451 later"), tls=self.tls) as server:
            p = subprocess.Popen(
                [PROGRAM, "mail", self.note, *self.arguments(server, retries="50")],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
            until = time.monotonic() + 30
            while not server.counts.get("RCPT") and time.monotonic() < until:
                time.sleep(0.02)
            p.send_signal(signal.SIGINT)
            _, said = p.communicate(timeout=30)
        self.assertEqual((p.returncode, said), (130, b"infonote: stopped; nothing was sent\n"))
        self.assertEqual(server.messages, [])


class Bulk(Sending):
    N = 24

    def setUp(self):
        super().setUp()
        self.template = self.file("t.yaml", TEMPLATE)
        self.data = self.file("p.csv", "id,address\n" + "".join(
            f"{i},u{i}@example.org\n" for i in range(1, self.N + 1)))
        self.report = self.path("run.jsonl")

    def bulk(self, server, *more, **options):
        return run("bulk", self.template, "--data", self.data, "--mail", "--report",
                   self.report, "-j2", *self.arguments(server, *more, **options))

    def lines(self):
        with open(self.report, encoding="utf-8") as f:
            return [json.loads(line) for line in f]

    def arrived(self, server):
        return [to[0] for _, to, _ in server.messages]

    everybody = property(lambda self: [f"u{i}@example.org" for i in range(1, self.N + 1)])

    def test_over_one_connection_in_order(self):
        with Server(tls=self.tls) as server:
            p = self.bulk(server)
            self.assertEqual(p.returncode, 0, p.stderr)
            again = self.bulk(server, "--resume")
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertIn(f"{self.N} done before".encode(), again.stderr)
        self.assertEqual(self.arrived(server), self.everybody)
        self.assertEqual(server.connections, 1)
        kinds = ["sending" if "sending" in x else x.get("status") for x in self.lines()]
        self.assertEqual(kinds[1:2 * self.N + 1], ["sending", "done"] * self.N)

    def test_refused_at_the_door(self):
        with Server(unwanted("<u7@", "550 5.1.1 gone"), tls=self.tls) as server:
            p = self.bulk(server, "--failed", self.path("failed.csv"))
        self.assertEqual(p.returncode, 4, p.stderr)
        self.assertIn(b"550 5.1.1 gone", p.stderr)
        self.assertEqual(self.arrived(server), [a for a in self.everybody if "u7@" not in a])
        self.assertEqual((server.connections, server.counts["RSET"]), (1, 1))
        refused, = [x for x in self.lines() if x.get("status") == "refused"]
        self.assertEqual((refused["record"], refused["key"]), (7, "7"))
        with open(self.path("failed.csv"), encoding="utf-8") as f:
            self.assertEqual(f.read(), "id,address\n7,u7@example.org\n")

    def test_the_connection_outlives_refusals(self):
        """Of sender, recipient, data, message; each is forgotten before the next begins."""
        no = {"3": "RCPT", "5": "DATA", "6": "END", "8": "MAIL"}

        def answer(command, count):
            kind = command.split(" ")[0]
            if kind == "RCPT":
                answer.now = command.split("<u")[1].split("@")[0]
            if kind == "MAIL":
                answer.begun = getattr(answer, "begun", 0) + 1
                answer.now = str(answer.begun)
            return "550 5.7.1 no" if no.get(answer.now) == kind else None
        answer.now = "0"
        with Server(answer, tls=self.tls) as server:
            p = self.bulk(server)
        self.assertEqual(p.returncode, 4, p.stderr)
        self.assertEqual([x["record"] for x in self.lines() if x.get("status") == "refused"],
                         [3, 5, 6, 8])
        self.assertEqual(self.arrived(server), [a for a in self.everybody
                                                if a[1:].split("@")[0] not in no])
        self.assertEqual((server.connections, server.counts["RSET"]), (1, 3))
        with Server(lambda command, count: "502 what" if command == "RSET" else
                    "550 5.1.1 gone" if "<u7@" in command else None, tls=self.tls) as server:
            os.remove(self.report)
            self.assertEqual(self.bulk(server).returncode, 4)
        self.assertEqual((len(server.messages), server.connections), (self.N - 1, 2))

    def test_a_server_that_leaves_after_each_message(self):
        with Server(unwanted("END", LEAVE), tls=self.tls) as server:
            p = self.bulk(server, retries="0")
        self.assertEqual(p.returncode, 0, p.stderr)
        self.assertEqual(self.arrived(server), self.everybody)
        self.assertEqual(server.connections, self.N)

    def test_several_commands_at_once(self):
        """If the server takes them so; the first no is told."""
        with Server(unwanted("<u7@", "550 5.1.1 gone"), tls=self.tls,
                    pipelining=True) as server:
            p = self.bulk(server)
            self.assertIn(b"refused `RCPT TO:<u7@example.org>`: 550 5.1.1 gone", p.stderr)
            self.assertEqual(self.arrived(server),
                             [a for a in self.everybody if "u7@" not in a])
            self.assertEqual(server.connections, 1)
        many = [f"v{i}@example.org" for i in range(120)]
        note = self.file("many.yaml", f"lang: en\ntitle: T\nemail: {{from: a@b.c, to: {many}}}")
        for word, code, arrived in (("no", 0, 1), ("<v77@", 3, 0), ("<a@b.c>", 3, 0)):
            with Server(unwanted(word, "550 5.1.1 gone"), tls=self.tls,
                        pipelining=True) as server:
                p = run("mail", note, *self.arguments(server))
            self.assertEqual(p.returncode, code, p.stderr)
            self.assertEqual(len(server.messages), arrived)
            if word != "no":
                self.assertIn(word.encode(), p.stderr)

    def test_in_doubt_is_told_and_not_sent_again(self):
        with Server(unwanted("END", CLOSE_AFTER, first=4, last=5), tls=self.tls) as server:
            p = self.bulk(server)
            self.assertEqual(p.returncode, 4, p.stderr)
            self.assertIn(b"Message-ID", p.stderr)
            again = self.bulk(server, "--resume", "--failed", self.path("failed.csv"))
            self.assertEqual(again.returncode, 4)
            self.assertIn(b"is not known", again.stderr)
            self.assertEqual(self.arrived(server), self.everybody)
            with open(self.path("failed.csv"), encoding="utf-8") as f:
                self.assertEqual(f.read(), "id,address\n")
            forced = self.bulk(server, "--resume", "--doubtful-again")
        self.assertEqual(forced.returncode, 0, forced.stderr)
        self.assertEqual(self.arrived(server), self.everybody + ["u5@example.org"])

    def test_killed_and_gone_on_with(self):
        """Whatever the moment: each once, but the one in doubt that is told."""
        held = unwanted("END", HANG, first=9, last=10)
        with Server(held, tls=self.tls) as server:
            command = [PROGRAM, "bulk", self.template, "--data", self.data, "--mail",
                       "--report", self.report, *self.arguments(server)]
            p = subprocess.Popen(command, env=environment(), start_new_session=True,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            until = time.monotonic() + 60
            while server.counts.get("END", 0) < 10 and time.monotonic() < until:
                time.sleep(0.02)
            os.killpg(p.pid, signal.SIGKILL)
            p.wait(30)
            rest = self.bulk(server, "--resume")
        self.assertEqual(rest.returncode, 4, rest.stderr)
        self.assertIn(b"the run before ended while it was sent", rest.stderr)
        self.assertEqual([x["record"] for x in self.lines()
                          if x.get("status") == "doubtful"], [10])
        self.assertEqual(self.arrived(server),
                         [a for a in self.everybody if a != "u10@example.org"])

    def test_not_now_leaves_nothing_in_doubt(self):
        """Killed while it waits after a 4xx to the whole message, or ended by a 421."""
        for answer, retries in (("452 4.3.1 full", "50"), ("421 4.3.2 going away", "0")):
            with self.subTest(answer=answer):
                with Server(unwanted("END", answer, first=9), tls=self.tls) as server:
                    command = [PROGRAM, "bulk", self.template, "--data", self.data, "--mail",
                               "--report", self.report,
                               *self.arguments(server, retries=retries)]
                    p = subprocess.Popen(command, env=environment(), start_new_session=True,
                                         stdout=subprocess.DEVNULL,
                                         stderr=subprocess.DEVNULL)
                    until = time.monotonic() + 60
                    while not self.withdrawn() and time.monotonic() < until:
                        time.sleep(0.02)
                    if retries != "0":
                        os.killpg(p.pid, signal.SIGKILL)
                    p.wait(30)
                    self.assertEqual(len(server.messages), 9)
                    server.answer = lambda command, count: None
                    rest = self.bulk(server, "--resume")
                self.assertEqual(rest.returncode, 0, rest.stderr)
                self.assertEqual(self.arrived(server), self.everybody)
                os.remove(self.report)

    def withdrawn(self):
        if not os.path.exists(self.report):
            return False
        with open(self.report, "rb") as f:
            return b'{"sending":0}\n' in f.readlines()

    def test_no_way_ends_the_run(self):
        with Server(unwanted("HELLO", "554 go away"), tls=self.tls) as server:
            p = self.bulk(server)
        self.assertEqual(p.returncode, 3, p.stderr)
        self.assertIn(b"nothing more can be sent", p.stderr)
        self.assertEqual(server.connections, 1)
        with Server(tls=self.tls) as server:
            self.assertEqual(self.bulk(server, "--resume").returncode, 0)
        self.assertEqual(self.arrived(server), self.everybody)

    def test_a_server_that_comes_back(self):
        with Server(unwanted("MAIL", CLOSE, first=10, last=12), tls=self.tls) as server:
            p = self.bulk(server)
        self.assertEqual(p.returncode, 0, p.stderr)
        self.assertEqual(self.arrived(server), self.everybody)

    def test_records_with_errors(self):
        write(self.data, b"id,address\n1,u1@example.org\n2,nobody\n3,\"a@b.example\r\nBcc: "
              b"x@y.example\"\n4,u4@example.org\n")
        with Server(tls=self.tls) as server:
            p = self.bulk(server)
        self.assertEqual(p.returncode, 4)
        self.assertEqual(p.stderr.count(b"error[bad-address]"), 2, p.stderr)
        self.assertEqual(self.arrived(server), ["u1@example.org", "u4@example.org"])

    def test_a_pace(self):
        with Server(tls=self.tls) as server:
            start = time.monotonic()
            p = self.bulk(server, "--rate", "20/s")
            took = time.monotonic() - start
        self.assertEqual(p.returncode, 0, p.stderr)
        self.assertGreater(took, (self.N - 1) / 20)
        for rate in ("0/s", "10", "x/s", "10/day", "-1/s"):
            p = self.bulk("smtp://localhost", "--rate", rate, "--resume")
            self.assertEqual(p.returncode, 2)
            self.assertIn(b"`--rate` takes a number a time", p.stderr)

    def test_interrupted(self):
        with Server(tls=self.tls) as server:
            p = subprocess.Popen([PROGRAM, "bulk", self.template, "--data", self.data,
                                  "--mail", "--report", self.report,
                                  *self.arguments(server, "--rate", "10/s")],
                                 env=environment(), stderr=subprocess.PIPE)
            until = time.monotonic() + 30
            while len(server.messages) < 3 and time.monotonic() < until:
                time.sleep(0.02)
            p.send_signal(signal.SIGINT)
            p.communicate(timeout=30)
            self.assertEqual(p.returncode, 130)
            self.assertLess(len(server.messages), self.N)
            self.assertEqual(self.bulk(server, "--resume").returncode, 0)
        self.assertEqual(self.arrived(server), self.everybody)

    def test_wrong_use(self):
        for arguments, text in (
                (["--send", "smtp://localhost", "--mail"], "`--send` needs a report"),
                (["--send", "smtp://localhost", "--report", "r"], "is for messages"),
                (["--mail"], "needs a place"),
                (["--mail", "-o", "{{id}}.eml", "--mbox", "m"], "go to one place"),
                (["--mail", "--mbox", "m", "--report", "r", "--resume"],
                 "an mbox is made as a whole"),
                (["--mail", "-o", "{{id}}.eml", "--rate", "1/s"], "how to send needs where"),
                (["--mail", "-o", "{{id}}.pdf"], "do not end with `.eml`")):
            p = run("bulk", self.template, "--data", self.data, *arguments)
            self.assertIn(p.returncode, (1, 2), arguments)
            self.assertIn(text, p.stderr.decode())


if __name__ == "__main__":
    unittest.main()
