"""The hub and a student's server, spoken to as a browser does."""

import asyncio
import json
import time
import uuid

from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect


class Hub:
    """An address and a token for it."""

    def __init__(self, url, token):
        self.url, self.token = url, token

    async def ask(self, method, path, body=None):
        """The answer's JSON, or None; an HTTPClientError for an error."""
        text = json.dumps(body or {}) if method in ("POST", "PUT", "PATCH") else None
        headers = {"Authorization": f"token {self.token}", "Content-Type": "application/json"}
        request = HTTPRequest(self.url + path, method, headers, text, request_timeout=300)
        answer = await AsyncHTTPClient().fetch(request)
        return json.loads(answer.body) if answer.body else None

    async def ready(self, patience):
        """Waits until the hub and its proxy answer."""
        deadline = time.monotonic() + patience
        while True:
            try:
                return await self.ask("GET", "/hub/api/")
            except (OSError, HTTPClientError):
                if time.monotonic() > deadline:
                    raise
                await asyncio.sleep(0.2)


class Student:
    """One student's server and kernel."""

    def __init__(self, hub, name, token):
        self.hub, self.name, self.prefix = hub, name, f"/user/{name}"
        # What follows is asked with the student's own rights.
        self.own = Hub(hub.url, token)

    @classmethod
    async def start(cls, hub, name, patience):
        """Has the hub start the student's server, and waits for it."""
        deadline = time.monotonic() + patience
        await hub.ask("POST", f"/hub/api/users/{name}")
        token = (await hub.ask("POST", f"/hub/api/users/{name}/tokens"))["token"]
        await hub.ask("POST", f"/hub/api/users/{name}/server")
        while not (await hub.ask("GET", f"/hub/api/users/{name}"))["servers"].get("", {}).get("ready"):
            if time.monotonic() > deadline:
                raise TimeoutError("the server did not start")
            await asyncio.sleep(0.2)
        return cls(hub, name, token)

    async def stop(self):
        """Has the hub end the server, and its kernel with it."""
        await self.hub.ask("DELETE", f"/hub/api/users/{self.name}/server")

    async def open(self, page):
        """Opens a page and starts its kernel."""
        metadata = (await self.own.ask("GET", f"{self.prefix}/api/contents/{page}"))["content"]["metadata"]
        kernel = {"name": metadata["kernelspec"]["name"]}
        body = {"path": page, "name": page, "type": "notebook", "kernel": kernel}
        self.kernel = (await self.own.ask("POST", f"{self.prefix}/api/sessions", body))["kernel"]["id"]
        url = f"{self.own.url}{self.prefix}/api/kernels/{self.kernel}/channels?session_id={uuid.uuid4().hex}"
        headers = {"Authorization": f"token {self.own.token}"}
        # A browser waits too, while the server waits for the kernel's first answer.
        request = HTTPRequest(url.replace("http", "ws", 1), headers=headers, connect_timeout=300, request_timeout=300)
        self.socket = await websocket_connect(request, max_message_size=1 << 28)

    async def send(self, code):
        """Asks for a cell to be run; returns the message's id."""
        header = {"msg_id": uuid.uuid4().hex, "msg_type": "execute_request", "username": self.name, "version": "5.3"}
        header |= {"session": uuid.uuid4().hex, "date": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}}
        content |= {"allow_stdin": False, "stop_on_error": False}
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
        await self.socket.write_message(json.dumps(message | {"buffers": []}))
        return header["msg_id"]

    async def hear(self, patience):
        """The kernel's next message."""
        text = await asyncio.wait_for(self.socket.read_message(), patience)
        if text is None:
            raise ConnectionError("the server closed the connection")
        return json.loads(text)

    async def run_all(self, cells, began, patience=300):
        """Runs cells; the seconds until the first and the last result, and each output that is not the page's."""
        cells = [(await self.send("".join(cell["source"])), cell) for cell in cells]
        # evcxr forwards what a cell prints from a thread of its own; a last line overtakes nothing.
        end = await self.send('println!("the end");')
        shown, times = {id: Shown() for id, _ in cells} | {end: Shown()}, []
        while not shown[end].streams:
            message = await self.hear(patience)
            cell, kind = message["parent_header"].get("msg_id"), message["msg_type"]
            if cell in shown and kind in ("stream", "execute_result", "error"):
                shown[cell].add(kind, message["content"])
                if cell != end:
                    times.append(time.monotonic() - began)
        wrong = [line for id, cell in cells for line in shown[id].differs(cell)]
        return times[0], times[-1], wrong

    async def run(self, code):
        """Runs one cell, and gives what it prints on stdout."""
        cell = await self.send(code)
        printed = ""
        while True:
            message = await self.hear(120)
            if message["parent_header"].get("msg_id") != cell:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "error":
                raise RuntimeError(content["evalue"])
            if kind == "stream" and content["name"] == "stdout":
                printed += content["text"]
            if kind == "status" and content["execution_state"] == "idle":
                return printed


class Shown:
    """What a cell has shown."""

    def __init__(self):
        self.streams, self.data, self.errors = {}, {}, []

    def add(self, kind, content):
        if kind == "stream":
            self.streams[content["name"]] = self.streams.get(content["name"], "") + content["text"]
        elif kind == "execute_result":
            self.data |= content["data"]
        else:
            self.errors.append(content["evalue"])

    def differs(self, cell):
        """What is not as the committed page has it."""
        page = Shown()
        for output in cell["outputs"]:
            text = "".join(output.get("text", []))
            data = {mime: value if isinstance(value, str) else "".join(value) for mime, value in output.get("data", {}).items()}
            page.add(output["output_type"], {"name": output.get("name"), "text": text, "data": data})
        for error in self.errors:
            yield f"{cell['id']}: {error}"
        if (self.streams, self.data) != (page.streams, page.data):
            yield f"{cell['id']}: shows {self.streams or list(self.data)}, the page {page.streams or list(page.data)}"
