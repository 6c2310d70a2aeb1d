"""Opens a report of 300 tables with 5,100 columns: how much a browser has to lay out and to print."""
import base64, io, sys

import pypdf
from chromium import Browser

program, folder, address = sys.argv[1:]
browser = Browser(program, folder + "/profile")
browser.open(address)
assert browser.run("document.getElementById('shown').textContent").endswith("tables"), "the script did not start"
elements = browser.run("document.getElementsByTagName('*').length")
assert 3000 < elements < 40_000, f"{elements} elements"
rows = browser.run("document.querySelectorAll('#lob-table tbody tr').length")
assert rows == 300, rows
wide = browser.run("document.documentElement.scrollWidth - document.documentElement.clientWidth")
assert wide <= 0, f"the page is {wide} pixels too wide"
printed = base64.b64decode(browser.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])
pages = len(pypdf.PdfReader(io.BytesIO(printed)).pages)
assert pages <= 20, f"{pages} printed pages"
faults = [event for event in browser.events if event.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded")]
assert not faults, faults
print(f"{elements} elements, {pages} pages")
browser.call("Browser.close")
