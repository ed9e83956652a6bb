"""Unix accounts for a class, what they use, and their end."""

import asyncio
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path


def names(count):
    """Names that no account of this machine has."""
    names = [f"student{n}" for n in range(1, count + 1)]
    for name in names:
        if name in {entry.pw_name for entry in pwd.getpwall()}:
            sys.exit(f"There is an account {name} already: it stays as it is, and this run ends.")
    return names


def make(name, folder, page):
    """An account that nobody can log in to, its home with a copy of the page."""
    home = folder / name
    subprocess.run(["useradd", "--home-dir", home, "--no-create-home", "--shell", "/bin/sh", name], check=True)
    user = pwd.getpwnam(name)
    home.mkdir(mode=0o700)
    shutil.copy(page, home / "page.ipynb")
    for path in (home, home / "page.ipynb"):
        os.chown(path, user.pw_uid, user.pw_gid)


def processes(name):
    """The folders in /proc of an account's processes."""
    uid = pwd.getpwnam(name).pw_uid
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and folder.stat().st_uid == uid:
                yield folder
        except FileNotFoundError:
            pass


def memory(name):
    """What an account's processes hold, in bytes; a page that several share counts for each in part."""
    total = 0
    for folder in processes(name):
        try:
            text = (folder / "smaps_rollup").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += sum(int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:"))
    return total


async def watch(names):
    """The most that each account has held, until cancelled."""
    most = dict.fromkeys(names, 0)
    try:
        while True:
            for name in names:
                most[name] = max(most[name], memory(name))
            await asyncio.sleep(2)
    except asyncio.CancelledError:
        return most


def cpu(name):
    """The processor time of an account's processes and of those that they have waited for, in seconds."""
    ticks = 0
    for folder in processes(name):
        try:
            ticks += sum(map(int, (folder / "stat").read_text().rpartition(")")[2].split()[11:15]))
        except (FileNotFoundError, ProcessLookupError):
            pass
    return ticks / os.sysconf("SC_CLK_TCK")


def disk(name):
    """What an account's home occupies, in bytes."""
    home = Path(pwd.getpwnam(name).pw_dir)
    return sum(os.lstat(path).st_blocks * 512 for path in home.rglob("*"))


def remove(name):
    """Ends what the account still runs, and removes it; returns what should not have been left."""
    try:
        home = Path(pwd.getpwnam(name).pw_dir)
    except KeyError:
        return []
    # A server that was told to end may still be at it.
    deadline = time.monotonic() + 20
    while list(processes(name)) and time.monotonic() < deadline:
        time.sleep(0.2)
    left = [f"{name} still ran {(folder / 'comm').read_text().strip()}" for folder in processes(name)]
    while list(processes(name)):
        for folder in processes(name):
            os.kill(int(folder.name), signal.SIGKILL)
        time.sleep(0.2)
    left += [f"{name} kept {path}" for path in home.glob(".cache/adagrad-slides/kernels/sessions/*")]
    subprocess.run(["userdel", name], check=True)
    return left
