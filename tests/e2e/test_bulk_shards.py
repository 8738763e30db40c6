# SPDX-License-Identifier: MIT
"""Parts of a run, by options and by what schedulers say: every record once."""
import os
import subprocess

import yaml

from program import EXAMPLES, PROGRAM, Case, environment

TEMPLATE = "layout: information-note\nlang: en-GB\ntitle: Note {{id}}\n"
VARIABLES = ["SLURM_ARRAY_TASK_" + x for x in ("ID", "COUNT", "MIN", "MAX", "STEP")] + [
    "JOB_COMPLETION_INDEX", "AWS_BATCH_JOB_ARRAY_INDEX", "AWS_BATCH_JOB_ARRAY_SIZE",
    "PARALLEL_SEQ"]
NONE = dict.fromkeys(VARIABLES)


class Shards(Case):
    def setUp(self):
        super().setUp()
        self.path("t.yaml", TEMPLATE)
        self.path("p.csv", "id\n" + "".join(f"{i}\n" for i in range(1, 61)))

    def names(self, *arguments, status=0, **variables):
        """What one task makes, without making it twice: names from its report."""
        report = self.path(f"{len(os.listdir(self.folder))}.jsonl")
        env = environment(**{**NONE, **{k: str(v) for k, v in variables.items()}})
        p = self.run_status(status, "bulk", self.path("t.yaml"), "--data", self.path("p.csv"),
                            "-o", self.path("{{id}}.pdf"), "--report", report, *arguments,
                            env=env)
        if status:
            return p.stderr.decode()
        with open(report, encoding="utf-8") as f:
            return [line.split('"key":"')[1].split('"')[0] for line in f
                    if line.startswith('{"record"')]

    def check(self, tasks, total=60):
        made = [name for task in tasks for name in task]
        self.assertEqual(sorted(map(int, made)), list(range(1, total + 1)))
        self.assertTrue(all(tasks), "a part is empty")
        return tasks

    def test_all_ways_give_the_same_parts(self):
        parts = self.check([self.names("--shard", f"{k}/4") for k in range(1, 5)])
        ways = {
            "slurm": lambda k: self.names(SLURM_ARRAY_TASK_ID=10 + 3 * k,
                                          SLURM_ARRAY_TASK_COUNT=4, SLURM_ARRAY_TASK_MIN=10,
                                          SLURM_ARRAY_TASK_MAX=19, SLURM_ARRAY_TASK_STEP=3),
            "kubernetes": lambda k: self.names("--shards", "4", JOB_COMPLETION_INDEX=k),
            "batch": lambda k: self.names(AWS_BATCH_JOB_ARRAY_INDEX=k,
                                          AWS_BATCH_JOB_ARRAY_SIZE=4),
            "parallel": lambda k: self.names("--shards", "4", PARALLEL_SEQ=k + 1),
        }
        for name, way in ways.items():
            with self.subTest(name):
                self.assertEqual([sorted(way(k)) for k in range(4)],
                                 [sorted(p) for p in parts])

    def test_who_says_it_is_believed(self):
        one = self.names("--shard", "1/4", SLURM_ARRAY_TASK_ID=3, SLURM_ARRAY_TASK_COUNT=4,
                         SLURM_ARRAY_TASK_MIN=0)
        self.assertEqual(sorted(one), sorted(self.names("--shard", "1/4")))
        self.assertEqual(len(self.names(PARALLEL_SEQ=2)), 60)

    def test_a_record_stays_in_its_part(self):
        before = self.names("--shard", "2/4")
        self.path("p.csv", "id\n" + "".join(f"{i}\n" for i in range(61, 0, -1)))
        self.assertEqual(set(self.names("--shard", "2/4")) - {"61"}, set(before))

    def test_wrong_use(self):
        slurm = {"SLURM_ARRAY_TASK_ID": 3, "SLURM_ARRAY_TASK_COUNT": 2,
                 "SLURM_ARRAY_TASK_MIN": 1}
        cases = [
            ((), {**slurm, "SLURM_ARRAY_TASK_MAX": 9}, "no sequence"),
            ((), slurm, "no sequence"),
            (("--shards", "3"), {**slurm, "SLURM_ARRAY_TASK_ID": 2}, "2 tasks"),
            ((), {"JOB_COMPLETION_INDEX": 0}, "--shards N"),
            (("--shards", "4"), {"JOB_COMPLETION_INDEX": 4}, "4 shards"),
            (("--shards", "4"), {}, "--shard K/N"),
            (("--shards", "0"), {"PARALLEL_SEQ": 1}, "whole number"),
            (("--shard", "5/4"), {}, "K/N"),
        ]
        for arguments, variables, says in cases:
            with self.subTest(arguments=arguments, variables=variables):
                self.assertIn(says, self.names(*arguments, status=2, **variables))

    def test_a_check_is_of_all_records(self):
        p = self.run_ok("check", self.path("t.yaml"), "--data", self.path("p.csv"),
                        env=environment(**{**NONE, "JOB_COMPLETION_INDEX": "1"}))
        self.assertIn(b"60 records", p.stderr)


class Examples(Case):
    def test_the_script_for_slurm(self):
        for k in ("1", "2", "2"):  # one that was requeued
            p = subprocess.run(
                [os.path.join(EXAMPLES, "cluster/slurm.sh")], check=False, timeout=60,
                cwd=os.path.dirname(EXAMPLES), capture_output=True,
                env=environment(**{**NONE, "SLURM_ARRAY_TASK_ID": k, "OUT": self.path("out"),
                                   "SLURM_ARRAY_TASK_COUNT": "2", "SLURM_ARRAY_TASK_MIN": "1",
                                   "INFONOTE": PROGRAM}))
            self.assertEqual(p.returncode, 0, p.stderr)
        made = [n for n in os.listdir(self.path("out")) if n.endswith(".pdf")]
        self.assertEqual(len(made), 4)

    def test_the_manifest_for_kubernetes(self):
        with open(os.path.join(EXAMPLES, "cluster/kubernetes.yaml"), encoding="utf-8") as f:
            spec = yaml.safe_load(f)["spec"]
        self.assertEqual(spec["completionMode"], "Indexed")
        arguments = spec["template"]["spec"]["containers"][0]["args"]
        self.assertIn(f"--shards={spec['completions']}", arguments)
        known = self.run_ok("bulk", "--help").stdout.decode()
        for argument in arguments:
            self.assertIn(argument.split("=")[0], known)
