# SPDX-License-Identifier: MIT
"""Counts what passed, failed and was left out, shows it, and hands it on.

Every suite ends with one line, `unit: 120 passed, 0 failed, 0 skipped`. With
INFONOTE_TALLY set, the line is appended to that file too, for tests/run."""
import os
import sys


class Tally:
    def __init__(self, suite):
        self.suite = suite
        self.passed = 0
        self.failed = 0
        self.skipped = 0

    def add(self, passed=0, failed=0, skipped=0):
        self.passed += passed
        self.failed += failed
        self.skipped += skipped

    def finish(self):
        """Prints the closing line and leaves: 0 when something passed, nothing failed."""
        line = (f"{self.suite}: {self.passed} passed, {self.failed} failed, "
                f"{self.skipped} skipped")
        print(line, flush=True)
        if os.environ.get("INFONOTE_TALLY"):
            with open(os.environ["INFONOTE_TALLY"], "a", encoding="utf-8") as f:
                f.write(line + "\n")
        sys.exit(1 if self.failed else 0)
