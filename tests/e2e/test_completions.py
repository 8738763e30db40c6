# SPDX-License-Identifier: MIT
"""What `infonote completions` prints, asked as the shells ask it."""
import os

from program import SMALL, Case, output_of, run, tool


class Completions(Case):
    def script(self, shell):
        return self.path(shell, self.run_ok("completions", shell).stdout)

    def bash(self, *words):
        """What bash offers for the last of the words."""
        quoted = " ".join(f"'{w}'" for w in words)
        status, out, err = output_of(
            tool("bash"), "--norc", "-c",
            f"source '{self.script('bash')}'\n"
            f"COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}\n"
            "_infonote; printf '%s\\n' \"${COMPREPLY[@]}\"", cwd=self.folder)
        self.assertEqual((status, err), (0, ""))
        return out.split()

    def test_bash_commands(self):
        self.assertEqual(self.bash("infonote", "rend"), ["render"])
        self.assertIn("layouts", self.bash("infonote", "help", ""))

    def test_bash_options(self):
        self.assertEqual(self.bash("infonote", "render", "--unc"), ["--uncompressed"])
        self.assertEqual(self.bash("infonote", "--unc"), ["--uncompressed"])
        self.assertEqual(self.bash("infonote", "layouts", "--unc"), [])

    def test_bash_values(self):
        self.assertEqual(self.bash("infonote", "check", "--format", "sa"), ["sarif"])
        self.assertEqual(self.bash("infonote", "schema", "l"), ["layout"])

    def test_bash_files(self):
        self.path("note.yaml", SMALL)
        self.path("other.txt", "")
        os.mkdir(self.path("more"))
        self.assertEqual(sorted(self.bash("infonote", "render", "")), ["more", "note.yaml"])

    def test_every_option_is_there(self):
        options = [w for w in self.run_ok("render", "--help").stdout.decode().split()
                   if w.startswith("--") and w[2:].isalpha()]
        self.assertGreater(len(options), 5)
        for shell in ("bash", "zsh", "fish"):
            said = self.run_ok("completions", shell).stdout.decode()
            for option in options:
                self.assertIn(option if shell != "fish" else f"-l {option[2:]}", said)

    def test_zsh_reads_it(self):
        self.assertEqual(output_of(tool("zsh"), "-n", self.script("zsh")), (0, "", ""))

    def test_fish_reads_it(self):
        status, _, err = output_of(tool("fish"), "--no-execute", self.script("fish"))
        self.assertEqual((status, err), (0, ""))

    def test_no_such_shell(self):
        p = run("completions", "tcsh")
        self.assertEqual(p.returncode, 2)
        self.assertIn(b"bash", p.stderr)
