"""One student tries to get at another's things, and at what is nobody's. The other does the same first: a door that
does not open for its owner either proves nothing."""

import asyncio
import json
import pwd
from pathlib import Path

import people
from jupyter_client import BlockingKernelClient
from tornado.httpclient import HTTPClientError

INSTALLED = Path(__file__).parents[2] / "target/hub/prefix/lib/adagrad-slides/current"


async def attempts(owner, other):
    """Prints each attempt that did not go as it should; returns their number."""
    home = Path(pwd.getpwnam(owner.name).pw_dir)
    (connection,) = home.glob(".local/share/jupyter/runtime/kernel-*.json")
    (build,) = home.glob(".cache/adagrad-slides/kernels/sessions/*/")
    (kernel,) = [path for path in people.processes(owner.name) if (path / "comm").read_text() == "evcxr_jupyter\n"][:1]
    theirs = [f"open {path}" for path in (home / "page.ipynb", connection, build, build / "connection.json")]
    theirs += [f"open {kernel}/environ", f"open {kernel}/mem", f"signal {kernel.name}"]
    nobodys = [f"open {home.parent}/hub/jupyterhub.sqlite", f"open {home.parent}/hub/jupyterhub_cookie_secret"]
    nobodys += [f"write {INSTALLED}/crates/display/src/lib.rs", f"write {INSTALLED}/new", f"write {INSTALLED}/bin/kernel"]

    done = {True: 0, False: 0}
    failures = 0

    def count(what, worked, wanted):
        nonlocal failures
        done[worked] += 1
        if worked != wanted:
            failures += 1
            print(f"{what}: {'possible' if worked else 'refused'}, and should not be")

    for student, wanted in ((owner, True), (other, False)):
        for what, worked in await by_cell(student, theirs):
            count(f"{student.name} {what}", worked, wanted)
        for what, worked in await by_cell(student, nobodys):
            count(f"{student.name} {what}", worked, False)
        for method, path in (("GET", "contents/page.ipynb"), ("GET", "kernels"), ("POST", "terminals")):
            worked = await allowed(student.own, method, f"/user/{owner.name}/api/{path}")
            count(f"{student.name} {method} {path}", worked, wanted)
        key = json.loads(connection.read_text())["key"] if wanted else "guessed"
        worked = await asyncio.to_thread(speaks, connection, key)
        count(f"{student.name} runs code through {owner.name}'s ports", worked, wanted)
    try:
        alive = await owner.run('println!("{}", 6 * 7);') == "42\n"
    except TimeoutError:
        alive = False
    count(f"{owner.name}'s kernel still works", alive, True)
    print(f"{done[False]} attempts at what is another's or nobody's were refused; the owner's own {done[True]} worked")
    return failures


async def by_cell(student, attempts):
    """Each attempt, and whether it worked for this student's kernel."""
    code = """for what in WHAT {
        let (verb, path) = what.split_once(' ').unwrap();
        println!("{}", match verb {
            "open" => std::fs::File::open(path).is_ok(),
            "write" => std::fs::File::options().append(true).create(true).open(path).is_ok(),
            _ => std::process::Command::new("kill").args(["-0", path]).output().unwrap().status.success(),
        });
    }""".replace("WHAT", json.dumps(attempts))
    printed = (await student.run(code)).split()
    return [(what, answer == "true") for what, answer in zip(attempts, printed, strict=True)]


async def allowed(api, method, path):
    """Whether a server does what is asked with a student's token."""
    try:
        await api.ask(method, path)
        return True
    except HTTPClientError as error:
        if error.code not in (403, 404):
            raise
        return False


def speaks(connection, key):
    """Whether a kernel runs code for whoever knows its ports and has this key."""
    client = BlockingKernelClient()
    client.load_connection_info(json.loads(connection.read_text()) | {"key": key.encode()})
    client.start_channels()
    try:
        client.execute("1", reply=True, timeout=10)
        return True
    except TimeoutError:
        return False
    finally:
        client.stop_channels()
