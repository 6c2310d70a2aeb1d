"""Opens report.html in Chromium and uses it: python3 check_browser.py CHROMIUM FOLDER [SCREENSHOTS]

FOLDER holds report.html, comparison.html and expected.json: the names of the LOB table, what limits do by the program's
own count, the mapping as written, and the task settings after one change.
Prints what is wrong, a line each, and exits 1 where anything is.
"""
import base64, io, json, pathlib, re, sys, tempfile, time

import pypdf

sys.dont_write_bytecode = True
from chromium import FRAME, Browser

folder = pathlib.Path(sys.argv[2])
expected = json.loads((folder / "expected.json").read_text())
faults = []


def expect(condition, text):
    if not condition:
        faults.append(text)


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


def sizes_of(page, table):
    """The limits that the program gave its estimates for."""
    if "tables" not in known:
        known["tables"] = json.loads(page.run("document.getElementById('data').textContent"))["tables"]
    return known["tables"][table]["sizes"]


known = {}


def is_cut(page, case, text):
    """The program's own words; between two limits that it gave an estimate for, an estimate between theirs."""
    if text == case["cut"] or not case["estimate"]:
        return text == case["cut"]
    if case["size"] in sizes_of(page, case["table"]):
        return False
    found = [float(number.replace(",", "")) for number in re.findall(r"[0-9,]+", text)]
    expected, least, most = case["estimate"]
    # Two digits are shown, and the range is that of the limits on both sides.
    low, high = found[1] / 1.06 - 1, found[2] * 1.06 + 1
    return len(found) == 3 and found[1] <= found[0] <= found[2] and low <= least and low <= expected <= high and most <= high


def check_slider(page):
    """Wherever the slider of an estimated table stops, the limit is one that the program gave its figures for."""
    index = next(case["table"] for case in expected["effects"] if case["estimate"])
    for place in range(0, 1001, 50):
        size = page.run(f"""(() => {{ const table = document.querySelector('#t{index}');
            const slider = table.querySelector('input[type=range]');
            slider.value = {place}; slider.dispatchEvent(new Event('input'));
            return Number(table.querySelector('input[type=number]').value); }})()""")
        expect(size in sizes_of(page, index), f"slider at {place}: {size} KB")
    page.run("document.getElementById('undo').click()")


def check_effects(page):
    seen = set()
    for case in expected["effects"]:
        lines = choose(page, case["table"], case["size"])
        where = f"table {case['table']} at {case['size']} KB: {lines}"
        expect(is_cut(page, case, lines["Values cut"].split(" of ")[0]), f"{where}: cut is {case['cut']}")
        seen.add(bool(case["estimate"]))
        if case["risk"] is None:
            expect(lines["Risk of a cut"] == "not known", where)
        else:
            # The page may only be more careful than the model, by no more than one step of its curve.
            found = share(lines["Risk of a cut"])
            low, high = case["risk"] - 0.006, case["riskOneStepLower"] + 0.006
            expect(low <= found <= high, f"{where}: risk is {case['risk']}")
    expect(seen == {False, True}, "counted and estimated tables")
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


def check_width(page):
    """From 1,100 pixels on the LOB table is whole, and the page itself never moves sideways."""
    for width in (375, 1100, 1200, 1440):
        page.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        page.run(FRAME)
        hidden = page.run("""[document.documentElement, document.getElementById("lob-table").parentElement].map(
            (box) => box.scrollWidth - box.clientWidth)""")
        expect(hidden[0] <= 0 and (width < 1100 or hidden[1] <= 0), f"width of {width}: {hidden} pixels are to be scrolled to")
    page.call("Emulation.clearDeviceMetricsOverride")


def check_table(page):
    page.run("document.querySelectorAll('#lob-table thead button')[1].click()")
    cells = page.run("[...document.querySelectorAll('#lob-table tbody tr')].map(row => row.cells[1].textContent)")
    known = [int(cell) for cell in cells if cell.isdigit()]
    expect(known == sorted(known) and all(not cell.isdigit() for cell in cells[len(known):]), "sorted by size")
    page.run("""(() => { const field = document.getElementById('filter');
        field.value = 'PUBLIC.ORDERS'; field.dispatchEvent(new Event('input')); })()""")
    shown = page.run("[...document.querySelectorAll('#lob-table tbody tr')].filter(row => !row.hidden).length")
    expect(shown == 1, f"the filter shows {shown} tables")
    page.call("Emulation.setEmulatedMedia", media="print")
    page.run("document.body.classList.add('with-appendix')")
    note = page.run("[document.getElementById('filtered').checkVisibility(), document.getElementById('filtered').textContent]")
    expect(note[0] and "1 of " in note[1], f"print: does not say that it is filtered: {note}")
    page.call("Emulation.setEmulatedMedia", media="")
    expect(not page.run("document.getElementById('filtered').checkVisibility()"), "the note for paper is on the screen")


# What WCAG 2 AA asks of text: 4.5 to 1, or 3 to 1 where it is large.
CONTRAST = """(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data;
  };
  const light = (color) => [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => {
    const part = color[i] / 255;
    return sum + weight * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  }, 0);
  const ground = (element) => {
    for (; element; element = element.parentElement) {
      const color = rgba(getComputedStyle(element).backgroundColor);
      if (color[3] === 255) return color;
    }
    return rgba("white");
  };
  const faults = new Set();
  let seen = 0;
  for (const element of document.body.querySelectorAll("*")) {
    const isText = Array.from(element.childNodes).some((node) => node.nodeType === 3 && node.data.trim() !== "");
    if (!isText || !element.checkVisibility({ visibilityProperty: true }) || element.closest("script, style, option")) continue;
    const style = getComputedStyle(element);
    const isDrawn = element instanceof SVGElement;
    const [text, back] = [rgba(isDrawn ? style.fill : style.color), ground(element)].map(light);
    const ratio = (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    seen++;
    if (ratio < (isLarge ? 3 : 4.5) && !element.disabled)
      faults.add(`${element.tagName}.${element.className.baseVal ?? element.className}: ${ratio.toFixed(2)}`);
  }
  return { seen, faults: [...faults] };
})()"""

# What a reader of the screen needs beside names of controls.
STRUCTURE = """(() => {
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const faults = [];
  const say = (found, text) => found.forEach((element) => faults.push(`${text}: ${element.outerHTML.slice(0, 90)}`));
  if (!document.documentElement.lang || !document.title) faults.push("no language or title");
  if (all("h1").length !== 1 || all("main").length !== 1) faults.push("not one h1 and one main");
  const levels = all("h1, h2, h3, h4").map((head) => Number(head.tagName[1]));
  if (levels.some((level, i) => i > 0 && level > levels[i - 1] + 1)) faults.push("a level of headings is left out");
  say(all("table").filter((table) => !table.caption?.textContent.trim()), "table without caption");
  say(all("th").filter((head) => !head.scope), "heading cell without scope");
  say(all("section").filter((part) => !document.getElementById(part.getAttribute("aria-labelledby"))), "section without name");
  say(all("[tabindex]").filter((element) => element.tabIndex > 0), "order of tabs changed");
  say(all("svg").filter((chart) => !chart.getAttribute("aria-label")), "picture without text");
  say(all("details").filter((part) => part.firstElementChild?.tagName !== "SUMMARY"), "details without summary");
  return faults;
})()"""

CONTROLS = {"button", "textbox", "searchbox", "slider", "combobox", "spinbutton", "radio", "checkbox", "link", "table", "img", "region"}


def check_access(page, file):
    for fault in page.run(STRUCTURE):
        faults.append(f"{file}: {fault}")
    for scheme in ("light", "dark"):
        page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        found = page.run(CONTRAST)
        expect(found["seen"] > 20 and not found["faults"], f"{file}: contrast in {scheme}: {found}")
    page.call("Emulation.setEmulatedMedia", features=[])
    page.call("Accessibility.enable")
    for node in page.call("Accessibility.getFullAXTree")["nodes"]:
        role = node.get("role", {}).get("value")
        if not node.get("ignored") and role in CONTROLS:
            expect(node.get("name", {}).get("value"), f"{file}: {role} without a name: {node}")


def press(page, key, code):
    for kind in ("keyDown", "keyUp"):
        page.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)


def check_keyboard(page):
    page.run("document.activeElement.blur(), window.getSelection().removeAllRanges(), window.scrollTo(0, 0)")
    seen = []
    for _ in range(12):
        press(page, "Tab", 9)
        seen.append(page.run("""(() => { const found = document.activeElement;
            const isRinged = found.matches(':focus-visible') && getComputedStyle(found).outlineStyle !== 'none';
            return [found.id || found.textContent.slice(0, 20), isRinged]; })()"""))
    expect(len({name for name, _ in seen}) == 12 and all(ringed for _, ringed in seen), f"keyboard: {seen}")
    index = expected["change"]["table"]
    page.run(f"document.getElementById('t{index}').open = true")
    page.run(FRAME)
    page.run(f"document.querySelector('#t{index} input[type=range]').focus()")
    before = page.run(f"document.querySelector('#t{index} input[type=number]').value")
    press(page, "ArrowRight", 39)
    after = page.run(f"document.querySelector('#t{index} input[type=number]').value")
    expect(int(after) > int(before), f"keyboard: the slider went from {before} to {after}")
    page.run("document.getElementById('undo').click()")


def pages_of(data):
    return [re.sub(r"\s+", " ", found.extract_text()) for found in pypdf.PdfReader(io.BytesIO(data)).pages]


def check_print(page):
    """Every page that a table goes on to has its headings, and no row is cut by the end of a page."""
    short = pages_of(base64.b64decode(page.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"]))
    expect(len(short) <= 8, f"print: {len(short)} pages without the appendix")
    expect(any("see report.html" in text for text in short) and not any("Largest observed" in text for text in short), "print: the appendix is there unasked")
    expect(all(f"{number} of {len(short)}" in text for number, text in enumerate(short, 1)), "print: pages without their number")
    page.run("document.body.classList.add('with-appendix')")
    data = base64.b64decode(page.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])
    texts = pages_of(data)
    expect(len(texts) > 3, f"print: {len(texts)} pages")
    end = next(number for number, text in enumerate(texts) if "Database owner" in text)
    expect(all(role in texts[end] for role in ("Migration engineer", "Approver")), "print: the lines to sign are cut")
    rows = expected["printed"]
    first = next(number for number, text in enumerate(texts) if "Largest observed" in text)
    found = [[number for number, text in enumerate(texts) if number >= first and f"{name} {cells}" in text] for name, cells in rows]
    for (name, _), pages in zip(rows, found):
        expect(len(pages) == 1, f"print: the row of {name} is whole on pages {pages}")
    pages = {number for numbers in found for number in numbers}
    expect(len(pages) > 1, "print: the LOB table has one page")
    for number in pages:
        expect("Truncations OKAY?" in texts[number] and "Largest observed" in texts[number], f"print: page {number + 1} has no headings")
    return data


def check_silence(page):
    addresses = [event["params"]["request"]["url"] for event in page.events if event.get("method") == "Network.requestWillBeSent"]
    known = {(folder / name).resolve().as_uri() for name in ("report.html", "comparison.html")}
    expect(all(found in known or found.startswith("blob:") for found in addresses), f"requests: {addresses}")
    loud = {"Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded", "Page.javascriptDialogOpening", "Audits.issueAdded"}
    for event in page.events:
        expect(event.get("method") not in loud, f"{event}")


def photograph(page, place, printed):
    page.run("document.getElementById('filter').value = ''; document.getElementById('filter').dispatchEvent(new Event('input'))")
    for scheme in ("light", "dark"):
        page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        for name, place_on_page in (("top", "0"), ("columns", f"document.getElementById('t{expected['change']['table']}').offsetTop")):
            page.run(f"window.scrollTo(0, {place_on_page})")
            page.run(FRAME)
            picture = page.call("Page.captureScreenshot", format="png")["data"]
            (pathlib.Path(place) / f"{scheme}-{name}.png").write_bytes(base64.b64decode(picture))
    (pathlib.Path(place) / "print.pdf").write_bytes(printed)


with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile, tempfile.TemporaryDirectory() as place:
    page = Browser(sys.argv[1], profile)
    try:
        page.open((folder / "report.html").resolve().as_uri())
        check_names(page)
        check_width(page)
        check_effects(page)
        check_slider(page)
        check_change(page, place)
        check_access(page, "report.html")
        check_keyboard(page)
        printed = check_print(page)
        check_table(page)
        if len(sys.argv) > 3:
            photograph(page, sys.argv[3], printed)
        page.open((folder / "comparison.html").resolve().as_uri())
        check_access(page, "comparison.html")
        check_silence(page)
    finally:
        page.close()
print("\n".join(faults))
sys.exit(1 if faults else 0)
