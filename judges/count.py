"""Prints how many tests ran with one stand-in for AWS, from the reports of Surefire.

usage: count.py NAME AWS_JAVA REPORT...

NAME is a constant of the enum in AWS_JAVA (parley.adapter.Aws). Surefire names a parameter by its
number only, so "[2]" in the name of a test stands for the second constant. Exits with 1 if no test
passed, or if one failed or was skipped.
"""

import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

name, enum, *reports = sys.argv[1:]
constants = re.findall(r"^  ([A-Z_]+)[,;]$", pathlib.Path(enum).read_text(), re.MULTILINE)
number = f"[{constants.index(name) + 1}]"
passed = failed = skipped = 0
for report in reports:
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        if not case.get("name", "").endswith(number):
            continue
        if case.find("skipped") is not None:
            skipped += 1
        elif case.find("failure") is not None or case.find("error") is not None:
            failed += 1
        else:
            passed += 1
print(f"judges: adapters on {name}: {passed} passed, {failed} failed, {skipped} skipped")
sys.exit(0 if passed and not failed and not skipped else 1)
