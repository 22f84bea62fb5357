#!/usr/bin/env python3
"""Lies that the checker must not confirm: test_check.py CERTIFICATE LEDGER TRACE, all of them true as they are."""
import copy
import json
import sys
from pathlib import Path

import check


def outcome(function, *arguments):
    try:
        return function(*arguments)[0]
    except check.Unusable:
        return check.FALSE


def refused(what, found):
    if found == check.CONFIRMED:
        sys.exit(f"test_check.py: {what} was confirmed")


def main(certificate, ledger, trace):
    text = Path(trace).read_text()
    document = json.loads(Path(certificate).read_text())
    claims = document["certificate"]
    lies = {
        "half the error": ("error", str(int(claims["error"].split("*2^")[0])) + "*2^" + str(int(claims["error"].split("*2^")[1]) - 1)),
        "no distance": ("distance", "0*2^0"),
        "a great eigenvalue": ("smallestEigenvalue", "1*2^60"),
        "no eigenvalue": ("smallestEigenvalue", "0*2^0"),
    }
    for what, (name, value) in lies.items():
        altered = copy.deepcopy(document)
        altered["certificate"][name] = value
        refused(what, outcome(check.check_certificate, altered))
    altered = copy.deepcopy(document)
    altered["certificate"]["run"]["rows"][0]["y"] += 1e-6
    refused("a row that its hash is not of", outcome(check.check_certificate, altered))
    altered["inputs"] = check.hash_of_rows(altered["certificate"]["run"]["rows"])
    refused("another label", outcome(check.check_certificate, altered))
    refused("the certificate of another trace", outcome(check.check_certificate, document, text + "\n"))

    lines = text.splitlines()
    for at, line in enumerate(lines):
        if '"loss":' in line:
            moved = json.loads(line)
            moved["loss"] *= 1 + 1e-8
            refused("a wrong loss", outcome(check.check_trace, "\n".join(lines[:at] + [json.dumps(moved)] + lines[at + 1:])))
            break

    document = json.loads(Path(ledger).read_text())

    def lie(what, alter):
        altered = copy.deepcopy(document)
        alter(altered)
        refused(what, outcome(check.check_ledger, altered))

    def finding(of, start):
        entries = [entry for entry in of["entries"] if entry["text"]["label"] == "Theorem 1"]
        refuting = next(one for one in entries[0]["findings"] if one["verdict"] == "Refuted")
        claims = [claim for part in ("hypotheses", "conclusions") for claim in refuting[part]]
        return next(claim for claim in claims if claim["text"].startswith(start))

    lie("a verdict turned round", lambda of: of["entries"][0]["verdict"].update(kind="Refuted"))
    lie("a finding turned round", lambda of: of["entries"][0]["findings"][0].update(verdict="Refuted"))
    lie("a claim turned round", lambda of: finding(of, "(12)").update(verdict="Refuted"))
    lie("another instance's hash", lambda of: of["inputs"].update(Q="0" * 64))
    lie("another eigenvalue", lambda of: finding(of, "4λ₀²")["right"].update(midpoint="1*2^0"))
    lie("a smaller threshold", lambda of: finding(of, "(12)")["left"].update(midpoint="1*2^0"))
    lie("a greater bound", lambda of: finding(of, "a lower bound")["right"].update(midpoint="1*2^-9"))
    lie("a greater floor", lambda of: finding(of, "a lower bound")["left"].update(midpoint="1*2^9"))
    print("test_check.py: no lie was confirmed")


if __name__ == "__main__":
    main(*sys.argv[1:])
