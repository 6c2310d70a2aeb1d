"""Opens report.html in Chromium and uses it: python3 check_browser.py CHROMIUM FOLDER [SCREENSHOTS]

FOLDER holds report.html and expected.json: the names of the LOB table, what limits do by the program's own count,
the mapping as written, and the task settings after one change.
Prints what is wrong, a line each, and exits 1 where anything is.
"""
import base64, json, os, pathlib, subprocess, sys, tempfile, time

folder = pathlib.Path(sys.argv[2])
expected = json.loads((folder / "expected.json").read_text())
faults = []


def expect(condition, text):
    if not condition:
        faults.append(text)


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
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self.receive())

    def close(self):
        self.process.terminate()
        self.process.wait()


FRAME = "new Promise(done => setTimeout(() => requestAnimationFrame(done), 50))"
LINES = "Object.fromEntries([...document.querySelectorAll('#t%d .what-if dt')].map(t => [t.textContent, t.nextSibling.textContent]))"


def choose(page, table, size):
    page.run(f"document.getElementById('t{table}').open = true")
    page.run(FRAME)
    page.run(f"""(() => {{ const input = document.querySelector('#t{table} input[type=number]');
        input.value = {size}; input.dispatchEvent(new Event('input')); }})()""")
    return page.run(LINES % table)


def share(text):
    return float(text.replace("<", "").replace(">", "").removesuffix(" %")) / 100


def check_names(page):
    names = page.run("[...document.querySelectorAll('#lob-table tbody th')].map(cell => cell.textContent)")
    expect(names == expected["names"], "names of the LOB table")
    foreign = page.run("document.querySelectorAll('img, iframe, object, embed, link, base, b, svg[onload]').length")
    expect(foreign == 0, f"{foreign} elements that a name brought")


def check_effects(page):
    for case in expected["effects"]:
        lines = choose(page, case["table"], case["size"])
        where = f"table {case['table']} at {case['size']} KB: {lines}"
        expect(lines["Values cut"].split(" of ")[0] == case["cut"], f"{where}: cut is {case['cut']}")
        if case["risk"] is None:
            expect(lines["Risk of a cut"] == "not known", where)
        else:
            # The page may only be more careful than the model, by no more than one step of its curve.
            found = share(lines["Risk of a cut"])
            low, high = case["risk"] - 0.006, case["riskOneStepLower"] + 0.006
            expect(low <= found <= high, f"{where}: risk is {case['risk']}")
    page.run("document.getElementById('undo').click()")
    expect(page.run("document.getElementById('changes').hidden"), "changes are undone")


def downloaded(page, button, name, place):
    page.run(f"document.getElementById('{button}').click()")
    file = pathlib.Path(place) / name
    for _ in range(100):
        if file.exists() and file.stat().st_size:
            return file.read_bytes()
        time.sleep(0.1)
    faults.append(f"{name} was not downloaded")
    return b"null"


def check_change(page, place):
    change = expected["change"]
    choose(page, change["table"], change["size"])
    page.run("document.querySelector('#changes details').open = true")
    page.run(FRAME)
    wanted = json.loads(json.dumps(expected["mapping"]))
    changed = 0
    for rule in wanted["rules"]:
        place_of_rule = [rule["object-locator"]["schema-name"], rule["object-locator"]["table-name"]]
        if rule["rule-type"] == "table-settings" and place_of_rule in change["leaves"]:
            rule["lob-settings"] = {"mode": "limited", "bulk-max-size": str(change["size"])}
            changed += 1
    expect(changed == len(change["leaves"]), "rules of the changed table")
    text = page.run("document.getElementById('mapping-text').value")
    expect(json.loads(text) == wanted, "changed mapping as text")
    page.call("Page.setDownloadBehavior", behavior="allow", downloadPath=place)
    mapping = downloaded(page, "get-mapping", "table-mappings.json", place)
    expect(json.loads(mapping) == wanted, "changed mapping as file")
    expect(mapping.decode().isprintable() or not any(ord(c) < 32 and c != "\n" for c in mapping.decode()), "raw controls")
    task = json.loads(downloaded(page, "get-task", "task-settings.json", place))
    expect(task == expected["changedTask"], "changed task settings")


def check_table(page):
    page.run("document.querySelectorAll('#lob-table thead button')[1].click()")
    cells = page.run("[...document.querySelectorAll('#lob-table tbody tr')].map(row => row.cells[1].textContent)")
    known = [int(cell) for cell in cells if cell.isdigit()]
    expect(known == sorted(known) and all(not cell.isdigit() for cell in cells[len(known):]), "sorted by size")
    page.run("""(() => { const field = document.getElementById('filter');
        field.value = 'PUBLIC.ORDERS'; field.dispatchEvent(new Event('input')); })()""")
    shown = page.run("[...document.querySelectorAll('#lob-table tbody tr')].filter(row => !row.hidden).length")
    expect(shown == 1, f"the filter shows {shown} tables")


def check_silence(page):
    addresses = [event["params"]["request"]["url"] for event in page.events if event.get("method") == "Network.requestWillBeSent"]
    address = (folder / "report.html").resolve().as_uri()
    expect(all(found == address or found.startswith("blob:") for found in addresses), f"requests: {addresses}")
    loud = {"Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded", "Page.javascriptDialogOpening", "Audits.issueAdded"}
    for event in page.events:
        expect(event.get("method") not in loud, f"{event}")


def photograph(page, place):
    page.run("document.getElementById('filter').value = ''; document.getElementById('filter').dispatchEvent(new Event('input'))")
    for scheme in ("light", "dark"):
        page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        picture = page.call("Page.captureScreenshot", format="png")["data"]
        (pathlib.Path(place) / f"{scheme}.png").write_bytes(base64.b64decode(picture))
    document = page.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"]
    (pathlib.Path(place) / "print.pdf").write_bytes(base64.b64decode(document))


with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile, tempfile.TemporaryDirectory() as place:
    page = Browser(sys.argv[1], profile)
    try:
        page.open((folder / "report.html").resolve().as_uri())
        check_names(page)
        check_effects(page)
        check_change(page, place)
        check_table(page)
        check_silence(page)
        if len(sys.argv) > 3:
            photograph(page, sys.argv[3])
    finally:
        page.close()
print("\n".join(faults))
sys.exit(1 if faults else 0)
