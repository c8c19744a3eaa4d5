#!/usr/bin/env python3
"""Checks every test vector without any of Countersign's code: Python 3.9 or newer, standard library only.

For each case it decides by itself, from scheme, secrets, clock and bytes, whether the delivery is valid, and if not
for which reason. Then it compares that with what the file states, for valid and invalid cases alike.

    python3 verify_vectors.py [file.json ...]
"""

import json
import pathlib
import sys

sys.dont_write_bytecode = True

from independent.decide import decide  # noqa: E402
from independent.refusal import Refused  # noqa: E402


def verdict(scheme, group, case):
    try:
        delivery = decide(scheme, group["secrets"], group.get("options", {}), case)
    except Refused as refusal:
        return {"result": "invalid", "code": refusal.code, "authentic": refusal.authentic, "delivery": None}
    return {"result": "valid", "code": None, "authentic": True, "delivery": delivery}


def differences(file):
    """One line for every case that is not what the file states, and the number of cases."""
    cases = [(group, case) for group in file["groups"] for case in group["tests"]]
    ids = [case["tcId"] for _, case in cases]
    if len(cases) != file["numberOfTests"] or len(set(ids)) != len(ids):
        yield f"{file['name']}: numberOfTests or the tcIds are wrong"
    for group, case in cases:
        stated = {field: case.get(field) for field in ("result", "code", "authentic", "delivery")}
        found = verdict(file["scheme"], group, case)
        unknown = [flag for flag in case["flags"] if flag not in file["notes"]]
        if stated != found or unknown:
            yield f"{file['name']} tcId {case['tcId']} ({case['comment']}): stated {stated}, found {found} {unknown or ''}"


def main(paths):
    paths = paths or sorted((pathlib.Path(__file__).parent / "vectors").glob("*.json"))
    total, failed = 0, 0
    for path in paths:
        file = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
        total += sum(len(group["tests"]) for group in file["groups"])
        for line in differences(file):
            failed += 1
            print(line)
    print(f"{total - failed} passed, {failed} failed")
    return 0 if total > 0 and failed == 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
