# SPDX-License-Identifier: MIT
"""A mail server for tests, on the loopback address: it takes messages, or does to a client
whatever a test wants to see survived.

    with Server(answer) as server: … server.url … server.messages …

`answer(command, count)` is asked for each command ("EHLO", "MAIL", "RCPT", "DATA", "END" for
the end of a message, "HELLO" for a new connection; with its whole line) and the how-many-th
of its kind it is. It gives a line to answer instead of the usual one, CLOSE, HANG, or None.
A message counts as taken over when its END is answered with 2xx, with CLOSE_AFTER or with
LEAVE (then a 421 and the end of the connection follow). With `pipelining` each MAIL is
answered when the RCPT behind it is there."""
import base64
import socket
import ssl
import subprocess
import threading

CLOSE, HANG = "close", "hang"
CLOSE_AFTER = "close after taking over"
LEAVE = "take over, say so, and leave"


def certificate(folder, name="localhost", days="2"):
    """(key, certificate), which is its own root; made by openssl."""
    key, cert = f"{folder}/{name}-key.pem", f"{folder}/{name}-cert.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", cert,
                    "-days", days, "-subj", f"/CN={name}", "-addext",
                    f"subjectAltName=DNS:{name}"], check=True, capture_output=True)
    return key, cert


def end(s):
    try:
        s.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    s.close()


class Server:
    def __init__(self, answer=None, tls=None, implicit=False, user=None, address="127.0.0.1",
                 pipelining=False):
        self.answer = answer or (lambda command, count: None)
        self.implicit, self.user, self.pipelining = implicit, user, pipelining
        self.messages, self.log, self.counts = [], [], {}
        self.connections = 0
        self.lock = threading.Lock()
        self.context = None
        if tls:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(tls[1], tls[0])
        self.listener = socket.create_server((address, 0))
        self.listener.settimeout(0.2)
        self.port = self.listener.getsockname()[1]
        self.ending = threading.Event()
        self.sockets = []

    @property
    def url(self):
        return f"smtp{'s' if self.implicit else ''}://localhost:{self.port}"

    def __enter__(self):
        self.thread = threading.Thread(target=self.listen, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *what):
        self.ending.set()
        self.listener.close()
        with self.lock:
            for s in self.sockets:
                end(s)
        self.thread.join(5)

    def listen(self):
        while not self.ending.is_set():
            try:
                s, _ = self.listener.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            with self.lock:
                self.connections += 1
                self.sockets.append(s)
            threading.Thread(target=self.serve, args=(s,), daemon=True).start()

    def serve(self, s):
        session = None
        try:
            session = Session(self, s)
            session.run()
        except (OSError, ValueError):
            pass
        end(session.socket if session else s)

    def asked(self, command):
        with self.lock:
            self.log.append(command)
            kind = command.split(" ")[0].upper()
            self.counts[kind] = self.counts.get(kind, 0) + 1
            return self.answer(command, self.counts[kind])


class Ended(OSError):
    pass


class Session:
    def __init__(self, server, s):
        self.server, self.socket = server, s
        self.secure = server.implicit
        if server.implicit:
            self.socket = server.context.wrap_socket(s, server_side=True)
            server.sockets.append(self.socket)
        self.file = self.socket.makefile("rb")
        self.sender, self.recipients = None, []

    def say(self, text):
        self.socket.sendall(text.encode() + b"\r\n")

    def obey(self, command, usual):
        """True if the usual answer was given."""
        told = self.server.asked(command)
        if told == HANG:
            self.server.ending.wait(60)
            raise Ended
        if told in (CLOSE, CLOSE_AFTER):
            raise Ended
        self.say(told or usual)
        return told is None

    def run(self):
        self.obey("HELLO", "220 test.example ready")
        while True:
            line = self.file.readline()
            if not line:
                return
            line = line.decode("utf-8", "replace").rstrip("\r\n")
            kind = line.split(" ")[0].upper()
            getattr(self, "on_" + kind.lower(), self.on_other)(line)
            if kind == "QUIT":
                return

    def on_other(self, line):
        self.obey(line, "502 not known here")

    def on_ehlo(self, line):
        offers = ["test.example"]
        if self.server.context and not self.secure:
            offers.append("STARTTLS")
        if self.server.user and (self.secure or not self.server.context):
            offers.append("AUTH PLAIN")
        if self.server.pipelining:
            offers.append("PIPELINING")
        offers.append("SIZE 20000000")
        self.obey(line, "\r\n".join(f"250{'-' if o != offers[-1] else ' '}{o}"
                                    for o in offers))

    def on_starttls(self, line):
        if self.obey(line, "220 go on"):
            self.socket = self.server.context.wrap_socket(self.socket, server_side=True)
            self.server.sockets.append(self.socket)
            self.file = self.socket.makefile("rb")
            self.secure = True

    def on_auth(self, line):
        words = line.split(" ")
        if len(words) == 2:
            self.say("334 ")
            words.append(self.file.readline().decode().strip())
        given = base64.b64decode(words[2]).decode().split("\0")[1:]
        good = given == list(self.server.user)
        self.obey("AUTH", "235 welcome" if good else "535 5.7.8 not you")

    def on_mail(self, line):
        if self.server.pipelining and not self.file.peek(5).startswith(b"RCPT "):
            raise Ended
        if self.obey(line, "250 ok"):
            self.sender, self.recipients = line.split("<")[1].split(">")[0], []

    def on_rcpt(self, line):
        if self.obey(line, "250 ok"):
            self.recipients.append(line.split("<")[1].split(">")[0])

    def on_data(self, line):
        if not self.obey(line, "354 go on"):
            return
        lines = []
        while True:
            row = self.file.readline()
            if not row:
                raise Ended
            if row == b".\r\n":
                break
            lines.append(row[1:] if row.startswith(b".") else row)
        told = self.server.asked("END")
        if told == HANG:
            self.server.ending.wait(60)
            raise Ended
        if told == CLOSE:
            raise Ended
        if not told or told in (CLOSE_AFTER, LEAVE) or told.startswith("2"):
            with self.server.lock:
                self.server.messages.append((self.sender, self.recipients, b"".join(lines)))
        if told == CLOSE_AFTER:
            raise Ended
        self.say("250 2.0.0 taken over" if told in (None, LEAVE) else told)
        if told == LEAVE:
            self.say("421 4.4.2 idle")
            raise Ended

    def on_rset(self, line):
        self.obey(line, "250 ok")

    def on_quit(self, line):
        self.obey(line, "221 bye")
