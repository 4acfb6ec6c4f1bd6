"""A headless Chromium, driven over its debugging port."""

from __future__ import annotations

import asyncio
import base64
import json
import shutil
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.request import urlopen

import pytest

PATIENCE = 60.0  # seconds for the browser to start or to answer
SWITCHES = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-port=0", "--hide-scrollbars",
    "--disable-dev-shm-usage", "--remote-allow-origins=*",
)  # fmt: skip


def need_chromium() -> str:
    """The path of Chromium; skips the test where it, or what speaks to it, is absent."""
    pytest.importorskip("tornado", reason="tornado is not installed, which speaks to the browser")
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found is not None:
            return found
    pytest.skip("chromium is not installed, in which the page is driven")


class Browser:
    """One tab of Chromium; what goes wrong on its pages is in `complaints`, what they fetch in `requests`."""

    def __init__(self, folder: Path) -> None:
        command = [need_chromium(), *SWITCHES, f"--user-data-dir={folder}", "about:blank"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.loop = asyncio.new_event_loop()
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.number = 0
        self.socket = self.loop.run_until_complete(_connect(_address(folder / "DevToolsActivePort")))
        for domain in ("Page", "Runtime", "Log", "Network", "DOM"):
            self.call(f"{domain}.enable")
        self.call("Emulation.setFocusEmulationEnabled", enabled=True)

    def __enter__(self) -> Browser:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.socket.close()
        self.process.terminate()
        self.process.wait(PATIENCE)
        self.loop.close()

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """What the browser answers to a command of its protocol."""
        self.number += 1
        request = {"id": self.number, "method": method, "params": parameters}
        return self.loop.run_until_complete(asyncio.wait_for(self._answer(request), PATIENCE))

    async def _answer(self, request: dict[str, Any]) -> dict[str, Any]:
        await self.socket.write_message(json.dumps(request))
        while True:
            message = json.loads(await self.socket.read_message())
            if message.get("id") == request["id"]:
                assert "error" not in message, message["error"]
                result: dict[str, Any] = message["result"]
                return result
            self._note(message)

    def _note(self, event: dict[str, Any]) -> None:
        """Keeps complaints and requests."""
        parameters = event.get("params", {})
        if event["method"] == "Runtime.exceptionThrown":
            self.complaints.append(parameters["exceptionDetails"]["exception"].get("description", "an exception"))
        if event["method"] == "Runtime.consoleAPICalled" and parameters["type"] in {"error", "warning", "assert"}:
            self.complaints.append(str(parameters["args"]))
        if event["method"] == "Log.entryAdded" and parameters["entry"]["level"] in {"error", "warning"}:
            self.complaints.append(parameters["entry"]["text"])
        if event["method"] == "Network.requestWillBeSent":
            self.requests.append(parameters["request"]["url"])

    def open(self, page: Path, width: int, *, scheme: str = "light", has_script: bool = True) -> None:
        """Shows a page in a window of a width, in light or dark."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600
        )
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.call("Emulation.setScriptExecutionDisabled", value=not has_script)
        self.call("Page.navigate", url=page.as_uri())
        self.wait_for("document.readyState === 'complete'")

    def evaluate(self, expression: str) -> Any:
        """The value of an expression of JavaScript."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in result, result["exceptionDetails"]
        return result["result"].get("value")

    def wait_for(self, expression: str) -> None:
        """Waits until an expression is true."""
        end = time.monotonic() + PATIENCE
        while not self.evaluate(expression):
            assert time.monotonic() < end, f"{expression} does not become true"
            time.sleep(0.05)

    def press(self, key: str, code: int, modifiers: int = 0) -> None:
        """Presses a key; `code` is its virtual key code."""
        for kind in ("rawKeyDown", "keyUp"):
            self.call(
                "Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, modifiers=modifiers
            )

    def screenshot(self, path: Path) -> None:
        """The whole page as a picture."""
        height = self.evaluate("Math.ceil(document.documentElement.getBoundingClientRect().height)")
        width = self.evaluate("window.innerWidth")
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        found = self.call("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(found["data"]))

    def pdf(self, path: Path) -> None:
        """The page as it is printed."""
        found = self.call("Page.printToPDF", paperWidth=8.27, paperHeight=11.69, printBackground=False)
        path.write_bytes(base64.b64decode(found["data"]))


def _address(file: Path) -> str:
    """The address of the browser's first tab, once it is there."""
    end = time.monotonic() + PATIENCE
    while not (file.exists() and len(file.read_text().splitlines()) > 1):
        assert time.monotonic() < end, "chromium does not start"
        time.sleep(0.05)
    port = file.read_text().splitlines()[0]
    with urlopen(f"http://127.0.0.1:{port}/json/list") as answer:
        tabs = [each for each in json.load(answer) if each["type"] == "page"]
    return str(tabs[0]["webSocketDebuggerUrl"])


async def _connect(address: str) -> Any:
    from tornado.websocket import websocket_connect

    return await websocket_connect(address, max_message_size=2**28)
