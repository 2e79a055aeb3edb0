#!/usr/bin/env python3
"""Proves a run over many files: complete, balanced, the same after every kill, and faster on two cores.

    scripts/scale.py TABULARY [--count 20000] [--from FOLDER]... [--to json] [--work FOLDER]

Makes a tree of so many files out of the fixtures (and of other folders): copies made unlike by a byte behind their end or
in a comment where the format allows it, mutations, equal files, and 1 % hostile ones. Then
  - runs over it with one worker and with one a core, and compares results and ledgers;
  - kills runs at three points (SIGKILL), takes them up with --resume, and compares again;
  - checks that the books balance and that every file has its line;
  - prints files a second, the speed-up, and the most memory of the run and of its workers.
Exit code 1 if anything differs.
"""
import argparse
import hashlib
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

FIXTURES = pathlib.Path(__file__).resolve().parent.parent / "fixtures"
READ = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".docx", ".docm", ".pdf", ".html", ".json", ".md", ".csv", ".txt"}


def hostile(dice):
    """A name and bytes that no reader can like."""
    zeros = b"\0" * 100_000
    kinds = [
        ("bomb.xlsx", b"PK\x03\x04" + zeros),
        ("deep.html", b"<div>" * 50_000),
        ("deep.json", b"[" * 200_000),
        ("empty.docx", b""),
        ("lines.csv", b"\"" + b"x,\n" * 50_000),
        ("loop.pdf", b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>endobj\ntrailer<</Root 1 0 R>>"),
        ("unknown.bin", b"\x7fELF" + zeros[:5000]),
        ("wide.md", b"|" * 100_000 + b"\n" + b"|-" * 50_000 + b"|\n"),
    ]
    return dice.choice(kinds)


def mutated(data, dice):
    data = bytearray(data)
    for _ in range(dice.randint(1, 6) if len(data) > 400 else 0):
        at = dice.randrange(len(data))
        if dice.random() < 0.5:
            data[at] = dice.randrange(256)
        else:
            del data[at : at + dice.randrange(32)]
    return bytes(data)


def unlike(data, suffix, index):
    """The same document in bytes that no other file has."""
    if data[:4] == b"PK\x03\x04" and data[-22:-18] == b"PK\x05\x06":
        note = f"{index}".encode()
        return data[:-2] + len(note).to_bytes(2, "little") + note
    if suffix == ".json":
        return data + "".join(" \t"[index >> bit & 1] for bit in range(20)).encode()
    if suffix == ".csv":
        return data + f"{index},{index}\n".encode()
    return data + f"\n% {index}\n".encode()


def make(folder, count, sources):
    files = sorted(p for s in sources for p in pathlib.Path(s).rglob("*") if p.suffix.lower() in READ and p.stat().st_size < 300_000)
    dice = random.Random(8)
    for index in range(count):
        below = folder / f"{index // 1000:02}" / f"{index // 50 % 20:02}"
        below.mkdir(parents=True, exist_ok=True)
        source = dice.choice(files)
        data, kind = source.read_bytes(), dice.random()
        name = f"{index:05}-{source.name}"
        if kind < 0.01:
            name, data = hostile(dice)
            name = f"{index:05}-{name}"
        elif kind < 0.10 and data:
            data = mutated(data, dice)
        elif kind < 0.90:
            data = unlike(data, source.suffix, index)
        (below / name).write_bytes(data)


def tree(folder):
    files = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            files[str(path.relative_to(folder))] = hashlib.sha256(path.read_bytes()).hexdigest()
    return files


def lines(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def bare(ledger):
    """The lines of a ledger without what differs between runs: time, memory, and the folder of the results."""
    for line in ledger:
        for key in ("milliseconds", "peak_memory", "renamed_from"):
            line.pop(key, None)
        for written in line.get("outputs", []):
            written["path"] = written["path"].split("/", 1)[1]
    return ledger


class Memory(threading.Thread):
    """The most resident memory of a process, and of its children one by one, in megabytes."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.run_mb, self.worker_mb, self.series = pid, 0, 0, []

    def run(self):
        while True:
            try:
                children = pathlib.Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
                for task in os.listdir(f"/proc/{self.pid}/task"):
                    children += pathlib.Path(f"/proc/{self.pid}/task/{task}/children").read_text().split()
                own = resident(self.pid)
                self.run_mb = max(self.run_mb, own)
                self.series.append(own)
                self.worker_mb = max([self.worker_mb] + [resident(c) for c in set(children)])
            except (OSError, ValueError):
                return
            time.sleep(0.25)


def resident(pid):
    try:
        return int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096 / 1e6
    except OSError:
        return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tabulary")
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--from", dest="sources", action="append", default=[])
    parser.add_argument("--to", default="json")
    parser.add_argument("--work")
    args = parser.parse_args()
    work = pathlib.Path(args.work or tempfile.mkdtemp())
    source = work / "in"
    if not source.exists():
        make(source, args.count, [FIXTURES, *args.sources])
    program = str(pathlib.Path(args.tabulary).resolve())
    faults = []

    def command(out, ledger, *more):
        return [program, "convert", "in", "-t", args.to, "-o", out, "--ledger", ledger, "-q", *more]

    def run(out, ledger, *more):
        shutil.rmtree(work / out, ignore_errors=True)
        (work / ledger).unlink(missing_ok=True)
        start = time.time()
        child = subprocess.Popen(command(out, ledger, *more), cwd=work, stderr=subprocess.DEVNULL)
        memory = Memory(child.pid)
        memory.start()
        child.wait()
        return time.time() - start, memory, child.returncode

    seconds, memory, code = run("one", "one.jsonl", "-j", "1")
    halves = len(memory.series) // 2
    print(f"one worker: {args.count / seconds:.0f} files a second ({seconds:.1f} s), exit {code}; run {memory.run_mb:.0f} MB, worker {memory.worker_mb:.0f} MB")
    if halves > 4:
        early, late = max(memory.series[:halves]), max(memory.series[halves:])
        print(f"memory of the run: {early:.0f} MB in the first half, {late:.0f} MB in the second")
    many, memory, _ = run("all", "all.jsonl")
    print(f"{os.cpu_count()} workers: {args.count / many:.0f} files a second ({many:.1f} s), {seconds / many:.2f} times as fast; run {memory.run_mb:.0f} MB, worker {memory.worker_mb:.0f} MB")
    expected, ledger = tree(work / "one"), lines(work / "one.jsonl")
    counts = {outcome: sum(line["outcome"] == outcome for line in ledger) for outcome in ("done", "failed", "skipped")}
    print(f"inputs {args.count}, lines {len(ledger)}, {counts}, duplicates {sum('duplicate_of' in line for line in ledger)}")
    if len(ledger) != args.count or sum(counts.values()) != args.count:
        faults.append("the books do not balance")
    if counts["done"] != len(expected):
        faults.append(f"{counts['done']} done, {len(expected)} results")
    if [line for line in lines(work / "one.jsonl") if line.get("failure", {}).get("kind") == "fault"]:
        faults.append("a fault of the program itself")

    def compare(name, out, path):
        if tree(work / out) != expected:
            faults.append(f"{name}: the results differ")
        if bare(lines(work / path)) != bare(lines(work / "one.jsonl")):
            faults.append(f"{name}: the ledger differs")

    compare("all cores", "all", "all.jsonl")
    for share in (0.1, 0.5, 0.9):
        shutil.rmtree(work / "killed", ignore_errors=True)
        (work / "killed.jsonl").unlink(missing_ok=True)
        child = subprocess.Popen(command("killed", "killed.jsonl"), cwd=work, stderr=subprocess.DEVNULL)
        time.sleep(many * share)
        child.send_signal(signal.SIGKILL)
        child.wait()
        there = sum(1 for _ in open(work / "killed.jsonl", "rb"))
        start = time.time()
        subprocess.run(command("killed", "killed.jsonl", "--resume"), cwd=work, stderr=subprocess.DEVNULL, check=False)
        print(f"killed at {there} lines, taken up in {time.time() - start:.1f} s")
        compare(f"killed at {share:.0%}", "killed", "killed.jsonl")
    if not args.work:
        shutil.rmtree(work, ignore_errors=True)
    print("faults:", "; ".join(faults) or "none")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
