#!/usr/bin/env python3
"""Photographs report.html: photograph.py CHROMIUM REPORT light|dark PICTURE

In light the LOB table is shown, in dark the largest table's charts.
"""
import base64, os, pathlib, sys, tempfile

sys.dont_write_bytecode = True
from chromium import FRAME, Browser

program, report, scheme, picture = sys.argv[1:]
with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
    page = Browser(program, profile)
    try:
        page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        page.open(pathlib.Path(report).resolve().as_uri())
        if scheme == "dark":
            page.run("""(() => {
                const sizes = data => data.tables.map(table => table.largest ?? 0);
                const data = JSON.parse(document.getElementById("data").textContent);
                const index = sizes(data).indexOf(Math.max(...sizes(data)));
                document.getElementById("t" + index).open = true;
                document.getElementById("t" + index).scrollIntoView();
            })()""")
        page.run(FRAME)
        data = page.call("Page.captureScreenshot", format="png")["data"]
        pathlib.Path(picture).write_bytes(base64.b64decode(data))
    finally:
        page.close()
