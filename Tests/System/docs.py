"""Runs what the documents show: every command with its output, every configuration, every link.

    docs.py [--update] [--world DIRECTORY] [DOCUMENT…]

A document is a session of bash in a folder of its own, in the order of its fenced blocks:

- ``console``: a line that begins with `$ ` is a command (`> ` goes on with it), what follows is its output, standard
  error included. It must end with status 0. In an expected line `…` stands for anything within the line, and several
  spaces for one.
- ``yaml``: a configuration for `availd check-config`. What it lacks of `agreement` and `customers` is added.
- any block after `<!-- file: NAME -->` is written into the file of that name.
- any block after `<!-- not run: REASON -->` is only shown; the reason must be there.

A document that says `<!-- world: outage -->` runs in DIRECTORY, where a daemon has seen an outage; it is passed over
where none is given. `--update` writes
what the commands print into the documents, for a person to look at.
"""

import concurrent.futures
import datetime
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

# Python would leave what it compiles beside the sources.
sys.dont_write_bytecode = True
from documents import TOP, Document, broken_links, misfiled_decisions  # noqa: E402

NOW = re.compile(r"\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")


def commands(block):
    """The commands of a console block: their text, and the lines they are to print."""
    result = []
    for line in block.body:
        if line.startswith("$ "):
            result.append(([line[2:]], []))
        elif line.startswith("> ") and result and not result[-1][1]:
            result[-1][0].append(line[2:])
        elif result:
            result[-1][1].append(line)
        else:
            raise ValueError(f"{block.line}: an output before a command")
    return [("\n".join(command), output) for command, output in result]


def completed(block):
    """The configuration in a block, with what it lacks."""
    text = "\n".join(block.body) + "\n"
    keys = set(re.findall(r"(?m)^(\w+):", text))
    if "agreement" not in keys:
        text += "agreement: {timezone: Asia/Ho_Chi_Minh}\n"
    if "customers" not in keys:
        names = sorted(set(re.findall(r"\bcustomer: ([\w-]+)", text)) - set(re.findall(r"\bid: ([\w-]+), name:", text)))
        text += "customers: [%s]\n" % ", ".join("{id: %s}" % name for name in names)
    return text


class Session:
    """A document's commands, as files for a bash that runs one after the other."""

    def __init__(self, document, folder, world):
        self.document, self.folder = document, folder
        self.steps = os.path.join(folder, "steps")
        os.mkdir(self.steps)
        self.cwd = world or os.path.join(folder, "world")
        os.makedirs(self.cwd, exist_ok=True)
        if not os.path.lexists(os.path.join(self.cwd, "examples")):
            os.symlink(os.path.join(TOP, "examples"), os.path.join(self.cwd, "examples"))
        self.count = 0
        self.script = []

    def path(self, number, kind):
        return os.path.join(self.steps, f"{number}.{kind}")

    def write(self, number, kind, text):
        with open(self.path(number, kind), "w", encoding="utf-8") as file:
            file.write(text)

    def add(self, command):
        """A command to run; its number is returned."""
        number = self.count
        self.count += 1
        self.write(number, "command", command)
        self.script.append(
            f'eval "$(cat {self.path(number, "command")})" > {self.path(number, "out")} 2>&1 < /dev/null\n'
            f"echo $? > {self.path(number, 'status')}"
        )
        return number

    def add_file(self, name, text):
        number = self.count
        self.count += 1
        self.write(number, "file", text)
        self.script.append(f"cp {self.path(number, 'file')} {name}")

    def run(self, environment):
        self.write("all", "sh", "\n".join(self.script) + "\n")
        subprocess.run(["bash", self.path("all", "sh")], cwd=self.cwd, env=environment, check=False, timeout=120)

    def outcome(self, number):
        """The status and the lines of a command; None where the session ended before it."""
        try:
            with open(self.path(number, "status"), encoding="utf-8") as file:
                status = int(file.read())
            with open(self.path(number, "out"), encoding="utf-8", newline="") as file:
                text = file.read().replace("\r\n", "\n")
        except (FileNotFoundError, ValueError):
            return None
        return status, text.rstrip("\n").split("\n") if text else []


def matches(expected, found):
    """Whether a line is as the document has it."""
    squeeze = lambda text: re.sub(r" +", " ", text).strip()
    parts = [re.escape(part) for part in squeeze(expected).split("…")]
    return re.fullmatch(".*".join(parts), squeeze(found)) is not None


def agrees(expected, found):
    return len(expected) == len(found) and all(map(matches, expected, found))


def shown(line, folder):
    """A line as a document may have it: what differs from run to run is left out."""
    line = re.sub(r"(?:/[\w.-]+)*/availd-october\.\w+", "…", line).replace(folder, "…")
    # What follows in a table stays in its column.
    line = NOW.sub(lambda found: left_out(found[0], line[found.end():]) if is_recent(found[0]) else found[0], line)
    return re.sub(r"\b[0-9a-f]{64}\b", "…", line)


def left_out(text, rest):
    return "…".ljust(len(text)) if rest.startswith("  ") else "…"


def is_recent(text):
    instant = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return abs(datetime.datetime.now(datetime.timezone.utc) - instant) < datetime.timedelta(days=3)


def run(document, availd, scratch, update, world):
    """The failures of a document's blocks."""
    failures, checks = [], []
    folder = os.path.join(scratch, document.name.replace("/", "-"))
    os.makedirs(os.path.join(folder, "credentials"))
    session = Session(document, folder, world if document.world == "outage" else None)
    if document.world:
        session.script.append('availd() { command availd "$@" --config "$PWD/availd.yaml"; }')
    environment = {
        "PATH": f"{os.path.dirname(availd)}:/usr/bin:/bin:/usr/sbin:/sbin",
        "AVAILD": availd, "USER": "mai", "LANG": "C.UTF-8", "COLUMNS": "100", "HOME": folder, "TMPDIR": folder,
        "CREDENTIALS_DIRECTORY": os.path.join(folder, "credentials"),
    }
    for block in document.blocks:
        kind, _, value = (block.directive or "").partition(": ")
        if kind == "not run":
            if len(value) < 10:
                failures.append(f"{document.name}:{block.line}: not run, without a reason")
            continue
        if kind == "file":
            session.add_file(value, "\n".join(block.body) + "\n")
        if block.info == "console":
            for command, output in commands(block):
                checks.append((block, command, output, session.add(command)))
        elif block.info == "yaml":
            text = completed(block)
            for name in re.findall(r"\bcredential: ([\w.-]+)", text):
                with open(os.path.join(folder, "credentials", name), "w", encoding="utf-8") as file:
                    file.write("secret\n")
            session.add_file(".checked.yaml", text)
            checks.append((block, None, None, session.add(f"{availd} check-config --config .checked.yaml")))
        elif kind != "file":
            failures.append(f"{document.name}:{block.line}: a block of \"{block.info}\", which nothing runs")
    session.run(environment)
    for block, command, expected, number in checks:
        place = f"{document.name}:{block.line}"
        outcome = session.outcome(number)
        if outcome is None:
            failures.append(f"{place}: not reached: {command}")
            continue
        status, found = outcome
        if status != 0:
            failures.append(f"{place}: status {status}: {command or 'check-config'}\n" + "\n".join(found[:20]))
        elif command is not None and not agrees(expected, found) and not update:
            parts = [f"{place}: $ {command}", "--- in the document", *expected, "--- found", *found]
            failures.append("\n".join(parts))
    if update:
        rewrite(document, checks, session, folder)
    return failures


def rewrite(document, checks, session, folder):
    """Writes what was printed into the document."""
    lines = list(document.lines)
    for block in reversed(document.blocks):
        mine = [check for check in checks if check[0] is block and check[1] is not None]
        if not mine:
            continue
        body = []
        for _, command, expected, number in mine:
            first, *rest = command.split("\n")
            body += ["$ " + first] + ["> " + line for line in rest]
            found = (session.outcome(number) or (0, expected))[1]
            body += expected if agrees(expected, found) else [shown(line, folder) for line in found]
        lines[block.line:block.line + len(block.body)] = body
    with open(os.path.join(TOP, document.name), "w", encoding="utf-8") as file:
        file.write("\n".join(lines))


def is_run(name):
    return name == "README.md" or name.startswith("docs/")


def main():
    arguments = sys.argv[1:]
    update = "--update" in arguments
    world = arguments[arguments.index("--world") + 1] if "--world" in arguments else None
    wanted = [name for name in arguments if name.endswith(".md")]
    availd = os.path.realpath(os.environ["AVAILD"])
    names = sorted(
        name for pattern in ("*.md", "docs/**/*.md", "Benchmarks/**/*.md", "Sources/**/*.md", "Tests/**/*.md")
        for name in glob.glob(pattern, root_dir=TOP, recursive=True))
    documents = {name: Document(name) for name in names}
    failures = []
    for document in documents.values():
        failures += broken_links(document, documents)
    failures += misfiled_decisions(documents["DECISIONS.md"])
    index = {os.path.normpath(os.path.join("docs", link)) for _, link in documents["docs/README.md"].links}
    failures += [f"docs/README.md: {name} is not in it" for name in names if name.startswith("docs/") and
                 name != "docs/README.md" and name not in index]
    if len(documents["README.md"].lines) > 130:
        failures.append("README.md: longer than 130 lines; the rest belongs into docs/")
    scratch = tempfile.mkdtemp(prefix="availd-docs.")
    try:
        wanted = [name for name in names if is_run(name) and (not wanted or name in wanted)]
        wanted = [documents[name] for name in wanted if world or not documents[name].world]
        # Most of the time they wait for an import, which leaves others their turn.
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            for found in pool.map(lambda document: run(document, availd, scratch, update, world), wanted):
                failures += found
    finally:
        shutil.rmtree(scratch)
    for failure in failures:
        print(failure)
    blocks = [block for name in names if is_run(name) for block in documents[name].blocks]
    shown_only = sum(1 for block in blocks if (block.directive or "").startswith("not run"))
    print(f"{len(names)} documents, {len(blocks)} blocks, {shown_only} of them not run, {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
