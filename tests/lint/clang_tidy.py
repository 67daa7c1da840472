#!/usr/bin/python3
"""clang-tidy over the C files of a build tree: clang_tidy.py ROOT BUILD [--deep] [FILE...].

Without --deep it looks at what ships, not at tests, and the checks of the analyser
(clang-analyzer-*) are kept to ANALYSED, where bytes from outside and the disk are handled, and to
its shallow mode: it follows each path and takes three quarters of the time. --deep, and FILEs
named one by one, leave nothing out.

A file whose preprocessed text, command and configuration are what they were when it last
passed is not looked at again; BUILD/tidy remembers what passed. Two files at a time.
"""

import concurrent.futures
import hashlib
import json
import pathlib
import shlex
import subprocess
import sys

TOOL = "clang-tidy-14"
SHALLOW = ["--extra-arg=-Xclang", "--extra-arg=-analyzer-config", "--extra-arg=-Xclang",
           "--extra-arg=mode=shallow"]
ANALYSED = ("proto", "client/src", "daemon/http", "daemon/store", "ops/import")


def jobs(root, build):
    """(file, command) of each of our files, once."""
    seen = {}
    entries = json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))
    for entry in entries:
        file = pathlib.Path(entry["file"])
        if file.is_relative_to(root) and not file.is_relative_to(build):
            seen.setdefault(file, shlex.split(entry["command"]))
    return sorted(seen.items())


def fingerprint(root, file, command):
    """Of everything that clang-tidy's verdict depends on, comments with NOLINT included."""
    words = command[1:] if command[0].endswith("ccache") else list(command)
    words[words.index("-o") + 1] = "-"
    words = [word for word in words if word != "-c"] + ["-E", "-C"]
    text = subprocess.run(words, capture_output=True, check=True).stdout
    digest = hashlib.sha256(shlex.join(words).encode())
    digest.update(text)
    folder = file.parent
    while folder.is_relative_to(root):
        config = folder / ".clang-tidy"
        if config.exists():
            digest.update(config.read_bytes())
        folder = folder.parent
    return digest.hexdigest()


def check(root, build, file, command, deep):
    """None when the file passes, else what clang-tidy said."""
    try:
        passed = build / "tidy" / fingerprint(root, file, command)
    except subprocess.CalledProcessError as error:
        return error.stderr.decode(errors="replace")
    if passed.exists():
        return None
    call = [TOOL, "--quiet", "-p", str(build)]
    if not deep:
        passed = passed.with_suffix(".shallow")
        if passed.exists():
            return None
        if any(file.is_relative_to(root / folder) for folder in ANALYSED):
            call += SHALLOW
        else:
            call.append("--checks=-clang-analyzer-*")
    result = subprocess.run(call + [str(file)], capture_output=True, text=True, check=False)
    if result.returncode != 0:
        return result.stdout + result.stderr
    passed.touch()
    return None


def main():
    root, build = (pathlib.Path(arg).resolve() for arg in sys.argv[1:3])
    named = {pathlib.Path(arg).resolve() for arg in sys.argv[3:] if arg != "--deep"}
    deep = bool(sys.argv[3:])
    (build / "tidy").mkdir(exist_ok=True)
    work = jobs(root, build)
    if named:
        work = [job for job in work if job[0] in named]
        if len(work) < len(named):
            sys.exit("not every file named is built in " + str(build))
    elif not deep:
        work = [job for job in work if not job[0].is_relative_to(root / "tests")]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        futures = [pool.submit(check, root, build, file, command, deep) for file, command in work]
        for future in concurrent.futures.as_completed(futures):
            if future.result() is not None:
                failed += 1
                print(future.result(), flush=True)
    print(f"{len(work)} files, {failed} with findings")
    sys.exit(1 if failed or not work else 0)


main()
