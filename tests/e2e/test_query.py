# SPDX-License-Identifier: MIT
"""infonote-query: rows of databases as CSV. PostgreSQL is a server that the test starts, on
a socket in its folder, and stops."""
import csv
import io
import os
import pwd
import shutil
import sqlite3
import subprocess
import unittest

from program import PROGRAM, Case, environment

QUERY = os.path.join(os.path.dirname(PROGRAM), "infonote-query")
SERVERS = "/usr/lib/postgresql"


def ask(*arguments, **options):
    if not os.path.exists(QUERY):
        raise unittest.SkipTest("infonote-query was not built: SQLite is not there")
    return subprocess.run([QUERY, *arguments], capture_output=True, check=False, timeout=60,
                          env=environment(), **options)


def rows(p):
    return list(csv.reader(io.StringIO(p.stdout.decode(), newline="")))


class Sqlite(Case):
    def test_what_csv_reads(self):
        c = sqlite3.connect(self.path("t.db"))
        c.execute("CREATE TABLE t (id INTEGER, name TEXT, amount REAL)")
        values = [(1, 'A "q", b\r\nc', 2.5), (2, None, -1e300), (3, "Zoë", 0.1)]
        c.executemany("INSERT INTO t VALUES (?, ?, ?)", values)
        c.commit()
        c.close()
        p = ask(self.path("t.db"), "SELECT * FROM t ORDER BY id")
        self.assertEqual((p.returncode, p.stderr), (0, b""))
        self.assertEqual(rows(p), [["id", "name", "amount"], ["1", 'A "q", b\r\nc', "2.5"],
                                   ["2", "", "-1.0e+300"], ["3", "Zoë", "0.1"]])

    def test_wrong_use(self):
        self.assertEqual(ask().returncode, 2)
        self.assertEqual(ask("a", "b", "c").returncode, 2)

    def test_a_full_disk(self):
        with open("/dev/full", "wb") as full:
            p = subprocess.run([QUERY, ":memory:", "SELECT 1 AS a"], stdout=full,
                               stderr=subprocess.PIPE, check=False, timeout=60)
        self.assertEqual(p.returncode, 3)
        self.assertIn(b"cannot write", p.stderr)


class Postgres(Case):
    """One server for all of it: it takes a second to start."""

    def setUp(self):
        super().setUp()
        versions = sorted(os.listdir(SERVERS)) if os.path.isdir(SERVERS) else []
        if not versions:
            self.skipTest("no PostgreSQL server is installed")
        self.bin = os.path.join(SERVERS, versions[-1], "bin")
        p = ask("postgresql://none", "SELECT 1 AS a")
        if b"without PostgreSQL" in p.stderr:
            self.skipTest("infonote was built without PostgreSQL")
        self.data = self.path("pg")
        self.as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        if os.geteuid() != 0:
            self.as_user = []
        os.mkdir(self.data)
        if os.geteuid() == 0:
            os.chmod(self.folder, 0o755)
            shutil.chown(self.data, pwd.getpwnam("postgres").pw_uid)
        self.server("initdb", "-D", self.data, "-A", "trust", "-U", "postgres", "-N",
                    "--locale=C", "-E", "UTF8")
        self.server("pg_ctl", "-D", self.data, "-w", "-l", f"{self.data}/log", "-o",
                    f"-c listen_addresses= -c unix_socket_directories={self.data}", "start")
        self.addCleanup(self.server, "pg_ctl", "-D", self.data, "-m", "immediate", "stop")
        self.url = f"postgresql://postgres@/postgres?host={self.data}"

    def server(self, program, *arguments):
        subprocess.run([*self.as_user, os.path.join(self.bin, program), *arguments],
                       check=True, timeout=120, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, env=environment(LC_ALL="C"))

    def test_all(self):
        with self.subTest("rows"):
            p = ask(self.url, "SELECT 7 AS id, 'a,\"b\"\nZoë' AS name, NULL AS none, 1.50 AS n "
                              "UNION ALL SELECT 8, 'x', 'y', 2 ORDER BY id")
            self.assertEqual((p.returncode, p.stderr), (0, b""))
            self.assertEqual(rows(p), [["id", "name", "none", "n"],
                                       ["7", 'a,"b"\nZoë', "", "1.50"],
                                       ["8", "x", "y", "2"]])
        with self.subTest("many rows"):
            p = ask(self.url, "SELECT n AS id FROM generate_series(1, 200000) AS n")
            self.assertEqual(len(rows(p)), 200001)
        with self.subTest("no rows"):
            p = ask(self.url, "SELECT 1 AS id WHERE false")
            self.assertEqual(rows(p), [["id"]])
        wrong = {
            "SELEC": b"syntax error", "SELECT 1 AS a; SELECT 2 AS b": b"multiple commands",
            "CREATE TABLE t (a int)": b"read-only", "SELECT 1, 2": b"write `AS name`",
            "SELECT 1 AS a, 2 AS a": b"two columns", "SET x.y = 1": b"no rows",
            "SELECT 1 / (3 - n) AS a FROM generate_series(1, 9) AS n": b"division by zero",
        }
        for query, says in wrong.items():
            with self.subTest(query):
                p = ask(self.url, query)
                self.assertEqual(p.returncode, 1)
                self.assertIn(says, p.stderr)
                self.assertEqual(p.stderr.count(b"\n"), 1)
        with self.subTest("no such database"):
            p = ask(self.url.replace("/postgres?", "/none?"), "SELECT 1 AS a")
            self.assertEqual(p.returncode, 3)
