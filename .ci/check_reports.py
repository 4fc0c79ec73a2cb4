#!/usr/bin/env python3
"""Reads the XML reports of Surefire and Failsafe below the given checkouts.

--ran NAME   fails unless at least one test whose class or method contains NAME has run, and none of them was skipped
--total      prints the closing line of counts, and fails if anything failed or nothing ran
"""
import argparse
import pathlib
import re
import sys
import xml.etree.ElementTree as ET

parser = argparse.ArgumentParser()
parser.add_argument("checkout", nargs="+", type=pathlib.Path)
parser.add_argument("--ran", action="append", default=[])
parser.add_argument("--total", action="store_true")
options = parser.parse_args()

cases = []
for checkout in options.checkout:
    for kind in ("surefire", "failsafe"):
        for report in checkout.glob(f"*/target/{kind}-reports/TEST-*.xml"):
            suite = ET.parse(report).getroot()
            # what surefire.reportNameSuffix adds tells runs of the same tests apart
            suffix = re.search(r"(\(\w+\))?$", suite.get("name")).group()
            for case in suite.iter("testcase"):
                state = "passed"
                if case.find("skipped") is not None:
                    state = "skipped"
                if case.find("failure") is not None or case.find("error") is not None:
                    state = "failed"
                cases.append((f"{case.get('classname')}{suffix}.{case.get('name')}", state))

problems = []
for name in options.ran:
    matching = [case for case in cases if name in case[0]]
    if not any(state == "passed" for _, state in matching):
        problems.append(f"no test of {name} has run")
    problems += [f"{case} was {state}" for case, state in matching if state != "passed"]

if options.total:
    count = {state: sum(1 for case in cases if case[1] == state) for state in ("passed", "failed", "skipped")}
    for case, state in cases:
        if state == "skipped":
            print(f"skipped: {case}")
    print(f"{count['passed']} passed, {count['failed']} failed, {count['skipped']} skipped")
    if count["failed"] or not count["passed"]:
        problems.append("see the counts")

for problem in problems:
    print(problem, file=sys.stderr)
sys.exit(1 if problems else 0)
