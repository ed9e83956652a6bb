"""A JupyterHub with n students who open page 03 at one moment: `just verify-hub`.

Every student is a Unix account made for this run, every server is started through the hub's API, every kernel spoken
to as JupyterLab does. Then one student tries to get at another's things. All that was made is removed at the end."""

import asyncio
import json
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import people
import trespass
from server import Hub, Student

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "notebooks/03-sigma-step-by-step.ipynb"
READY = 300


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


def start_hub(folder):
    """The hub's process, and how to speak to it."""
    ports, token = free_ports(3), secrets.token_hex(16)
    installed = ROOT / "target/hub"
    environment = {
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "LANG": "C.UTF-8",
        "HUB_PORTS": " ".join(map(str, ports)),
        "HUB_TOKEN": token,
        "HUB_PROXY": str(installed / "node_modules/.bin/configurable-http-proxy"),
        "HUB_SERVER": str(installed / "venv/bin/jupyterhub-singleuser"),
        "HUB_KERNELS": str(installed / "prefix/share/jupyter"),
    }
    command = [sys.executable, "-I", "-m", "jupyterhub", "-f", str(Path(__file__).with_name("config.py"))]
    log = open(folder / "log", "w")
    # In a session of its own, to be ended as one.
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True)
    return process, Hub(f"http://127.0.0.1:{ports[1]}", token)


async def page_of(student, cells, began):
    """Runs all cells of the student's own copy at once; the times of the first and last result, and what was wrong."""
    try:
        await student.open("page.ipynb")
        return await student.run_all(cells, began)
    except Exception as error:  # told in the table, and the other students go on
        return None, None, [f"{type(error).__name__}: {error}"]


async def lesson(hub, names):
    """The whole class; returns the number of failures."""
    cells = [cell for cell in json.loads(PAGE.read_text())["cells"] if cell["cell_type"] == "code"]
    await hub.ready(READY)
    began = time.monotonic()
    students = await asyncio.gather(*(Student.start(hub, name, READY) for name in names))
    print(f"{len(names)} servers after {time.monotonic() - began:.1f} s; now all open the page and run it", flush=True)
    watched = asyncio.create_task(people.watch(names))
    began = time.monotonic()
    ran = await asyncio.gather(*(page_of(student, cells, began) for student in students))
    watched.cancel()
    memory = await watched
    print(f"{'student':<12}{'first result':>14}{'last':>10}{'memory':>10}{'disk':>10}{'CPU':>8}  failures")
    failures = 0
    for name, (first, last, wrong) in zip(names, ran):
        seconds = [f"{value:.1f} s" if value is not None else "none" for value in (first, last)]
        use = f"{memory[name] / 1e6:>7.0f} MB{people.disk(name) / 1e6:>7.0f} MB{people.cpu(name):>6.0f} s"
        print(f"{name:<12}{seconds[0]:>14}{seconds[1]:>10}{use}  {len(wrong) or 'none'}")
        for line in wrong:
            print(f"    {line}")
        failures += len(wrong)
    if len(students) > 1 and not failures:
        failures += await trespass.attempts(students[0], students[1])
    await asyncio.gather(*(student.stop() for student in students))
    return failures


def main():
    names = people.names(int(sys.argv[1]))
    folder = Path(tempfile.mkdtemp(prefix="adagrad-hub-", dir="/var/tmp"))
    folder.chmod(0o711)
    (folder / "hub").mkdir(mode=0o700)
    hub, failures = None, 1
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        for name in names:
            people.make(name, folder, PAGE)
        hub, api = start_hub(folder / "hub")
        failures = asyncio.run(lesson(api, names))
    finally:
        if failures and hub:
            print((folder / "hub/log").read_text()[-3000:], file=sys.stderr)
        if hub:
            hub.terminate()
            hub.wait(30)
        left = [line for name in names for line in people.remove(name)]
        shutil.rmtree(folder)
    for line in left:
        print(line)
    sys.exit(1 if failures or left else 0)


if __name__ == "__main__":
    main()
