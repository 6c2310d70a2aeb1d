"""Opens a report of many tables, of which most have no details, and uses it."""
import sys

from chromium import Browser

program, folder, address = sys.argv[1:]
browser = Browser(program, folder + "/profile")
browser.open(address)
assert browser.run("document.getElementById('shown').textContent").endswith("tables"), "the script did not start"
browser.run("document.getElementById('filter').value = 'quiet.q77'")
browser.run("document.getElementById('filter').dispatchEvent(new Event('input'))")
shown = browser.run("[...document.querySelectorAll('#lob-table tbody tr')].filter((row) => !row.hidden).length")
assert shown == 1, shown
browser.run("document.getElementById('open-all').click()")
assert browser.run("document.querySelectorAll('details.table[open]').length") == 0
browser.run("document.getElementById('filter').value = ''")
browser.run("document.getElementById('filter').dispatchEvent(new Event('input'))")
browser.run("document.getElementById('open-all').click()")
opened = browser.run("document.querySelectorAll('details.table[open]').length")
assert opened > 5, opened
browser.run("new Promise((done) => setTimeout(done, 500))")
changed = browser.run("""(() => {
  const size = document.querySelector('fieldset.what-if input[type=number]');
  size.value = 4096;
  size.dispatchEvent(new Event('input'));
  return document.getElementById('changes-text').textContent;
})()""")
assert changed.startswith("1 table changed."), changed
browser.run("window.dispatchEvent(new Event('beforeprint'))")
faults = [event for event in browser.events if event.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded")]
assert not faults, faults
browser.call("Browser.close")
