"""What the repository's Markdown holds: blocks, headings and links, and whether the links and the decisions are right."""

import os
import re

TOP = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))


class Block:
    def __init__(self, info, line, directive):
        self.info, self.line, self.directive = info, line, directive
        self.body = []


class Document:
    """A file of Markdown: its blocks, headings and links."""

    def __init__(self, name):
        self.name = name
        with open(os.path.join(TOP, name), encoding="utf-8") as file:
            self.lines = file.read().split("\n")
        self.blocks, self.anchors, self.links, self.paths = [], set(), [], []
        self.world = None
        block = directive = None
        for number, line in enumerate(self.lines, 1):
            if block is not None:
                if line.startswith("```"):
                    block = None
                else:
                    block.body.append(line)
                continue
            if line.startswith("```"):
                block = Block(line[3:].strip(), number, directive)
                self.blocks.append(block)
                directive = None
                continue
            comment = re.fullmatch(r"<!-- (.*) -->", line)
            if comment and comment[1].startswith("world: "):
                self.world = comment[1][7:]
            elif comment:
                directive = comment[1]
            elif line.strip():
                directive = None
            heading = re.match(r"#{1,6} (.*)", line)
            if heading:
                self.anchors.add(self.unused(slug(heading[1])))
            bare = re.sub(r"`[^`]*`", "", line)
            self.links += [(number, link) for link in re.findall(r"\]\(([^)\s]+)\)", bare)]
            self.paths += [
                (number, path)
                for path in re.findall(r"`((?:Sources|Tests|docs|examples|systemd|Benchmarks)/[\w./+-]+)`", line)
            ]

    def unused(self, anchor):
        name, number = anchor, 0
        while name in self.anchors:
            number += 1
            name = f"{anchor}-{number}"
        return name


def slug(heading):
    """The anchor that GitHub gives a heading."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


def broken_links(document, documents):
    """The links to files, and to headings, that are not there."""
    for number, link in document.links:
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = os.path.normpath(os.path.join(os.path.dirname(document.name), path)) if path else document.name
        if not os.path.exists(os.path.join(TOP, target)):
            yield f"{document.name}:{number}: there is no {target}"
        elif anchor and anchor not in (documents.get(target) or Document(target)).anchors:
            yield f"{document.name}:{number}: {target} has no heading #{anchor}"
    for number, path in document.paths:
        if not os.path.exists(os.path.join(TOP, path)):
            yield f"{document.name}:{number}: there is no {path}"


def misfiled_decisions(document):
    """Decisions without their number, their date and status, or their line in the contents."""
    listed = set(re.findall(r"(?m)^- \[(\d+\. .*)\]\(#", "\n".join(document.lines)))
    number = 0
    for index, line in enumerate(document.lines):
        if not line.startswith("## ") or line == "## Contents":
            continue
        number += 1
        place = f"{document.name}:{index + 1}"
        if not line.startswith(f"## {number}. "):
            yield f"{place}: expected \"## {number}. …\""
        if line[3:] not in listed:
            yield f"{place}: not in the contents, expected \"- [{line[3:]}](#{slug(line[3:])})\""
        status = next((text for text in document.lines[index + 1:] if text), "")
        if not re.fullmatch(r"\d{4}-\d\d-\d\d · (accepted|superseded by \d+)", status):
            yield f"{place}: found \"{status}\", expected a date and a status, as \"2026-11-20 · accepted\""
    for line in document.lines:
        if line.startswith("### "):
            yield f"{document.name}: \"{line}\", expected ## and a number"
