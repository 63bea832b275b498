#!/usr/bin/env python3
"""The module graph, as Package.swift declares it and as the sources import it, side by side.

    Tests/ArchitectureTests/module-graph.py [--check]

A line for each module of ours, with the modules it depends on: `-X` is declared and imported by no file of it, `+X` is
imported and not declared, and `(X)` a program that a test runs and cannot import. Modules of the system are left out.
With --check only the lines that have a mark are shown. The status is 1 if there is one.
"""
import json
import pathlib
import re
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?"
    r"import\s+(?:(?:struct|class|enum|protocol|func|let|var|typealias)\s+)?(\w+)", re.MULTILINE)


def folder(target):
    """Where the sources of `target` are, as SwiftPM looks for them."""
    if "path" in target:
        return TOP / target["path"]
    return TOP / ("Tests" if target["type"] == "test" else "Sources") / target["name"]


def declared(target):
    return {next(iter(dependency.values()))[0] for dependency in target["dependencies"]}


def imported(target):
    """The modules that the Swift files of `target` import, without those that it leaves out."""
    left_out = [folder(target) / path for path in target["exclude"]]
    found = set()
    for file in folder(target).rglob("*.swift"):
        if not any(path == file or path in file.parents for path in left_out):
            found |= set(IMPORT.findall(file.read_text()))
    return found


def main():
    dump = subprocess.run(
        ["swift", "package", "--package-path", str(TOP), "dump-package"], check=True, capture_output=True, text=True)
    targets = json.loads(dump.stdout)["targets"]
    programs = {target["name"] for target in targets if target["type"] == "executable"}
    known = {target["name"] for target in targets}.union(*map(declared, targets))
    rows, differ = [], False
    for target in targets:
        if target["type"] == "system" or not any(folder(target).rglob("*.swift")):
            continue
        wanted, used = declared(target), (imported(target) & known) - {target["name"]}
        run = wanted & programs - used if target["type"] == "test" else set()
        left = sorted((f"({name})" if name in run else name if name in used else f"-{name}") for name in wanted)
        right = sorted(name if name in wanted else f"+{name}" for name in used)
        differs = wanted - run != used
        differ = differ or differs
        if differs or "--check" not in sys.argv[1:]:
            rows.append((target["name"], " ".join(left) or "nothing", " ".join(right) or "nothing"))
    if rows:
        rows.insert(0, ("module", "declared", "imported"))
        widths = [max(len(row[column]) for row in rows) for column in range(2)]
        for row in rows:
            print(f"{row[0]:{widths[0]}}  {row[1]:{widths[1]}}  {row[2]}")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
