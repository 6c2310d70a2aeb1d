"""Chromium without a window, steered by the DevTools protocol."""
import json, os, subprocess


class Browser:
    """The DevTools protocol over a pipe: messages of JSON, each ended by a NUL."""

    def __init__(self, program, profile):
        (to_child, self.to), (self.back, from_child) = os.pipe(), os.pipe()
        flags = ["--headless=new", "--disable-gpu", "--hide-scrollbars", "--window-size=1280,1000", "--no-first-run"]
        if os.geteuid() == 0:
            flags.append("--no-sandbox")
        command = [program, *flags, f"--user-data-dir={profile}", "--remote-debugging-pipe", "about:blank"]
        self.process = subprocess.Popen(
            ["sh", "-c", f'exec "$@" 3<&{to_child} 4>&{from_child}', "sh", *command],
            pass_fds=(to_child, from_child), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_child)
        os.close(from_child)
        self.number, self.rest, self.events, self.session = 0, b"", [], None
        targets = self.call("Target.getTargets")["targetInfos"]
        page = next(target for target in targets if target["type"] == "page")
        self.session = self.call("Target.attachToTarget", targetId=page["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log", "Audits"):
            self.call(domain + ".enable")

    def receive(self):
        while b"\0" not in self.rest:
            read = os.read(self.back, 1 << 16)
            if not read:
                raise EOFError("Chromium ended")
            self.rest += read
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def run(self, script):
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(f"{script}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def open(self, address):
        self.call("Page.navigate", url=address)
        while True:
            self.events.append(self.receive())
            if self.events[-1].get("method") == "Page.loadEventFired":
                return

    def close(self):
        self.process.terminate()
        self.process.wait()


FRAME = "new Promise(done => setTimeout(() => requestAnimationFrame(done), 50))"
