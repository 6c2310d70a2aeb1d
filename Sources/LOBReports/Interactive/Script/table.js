// ---- The LOB table: sorting and filtering

const body = byId("lob-table")?.tBodies[0];
const rows = body ? Array.from(body.rows, (row) => ({ row, index: Number(row.id.slice(1)) })) : [];
const coverages = ["exact", "bounded", "forecast", "undated", "sampled", "refused", "skipped"];
const keys = [
  (table) => table.name, (table) => table.limit, (table) => Number(table.ok), (_, index) => choices[index].mode,
  (table) => table.largest, (table) => coverages.indexOf(table.coverage),
  (table, index) => riskOf(table, choices[index]),
];

function sortBy(column, isDescending) {
  const sorted = rows.map(({ row, index }) => ({ row, index, key: keys[column](data.tables[index], index) }));
  sorted.sort((left, right) => {
    // What is not known stays at the end, whichever way.
    if (left.key === null || right.key === null) return (left.key === null) - (right.key === null) || left.index - right.index;
    const order = left.key < right.key ? -1 : left.key > right.key ? 1 : 0;
    return (isDescending ? -order : order) || left.index - right.index;
  });
  body.append(...sorted.map(({ row }) => row));
}

const headButtons = new Map();

function addSorting() {
  const heads = Array.from(byId("lob-table").tHead.rows[0].cells);
  heads.forEach((head, column) => {
    const button = make("button", { type: "button" }, head.textContent);
    button.addEventListener("click", () => {
      const isDescending = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", isDescending ? "descending" : "ascending");
      sortBy(column, isDescending);
    });
    headButtons.set(head, button);
    head.replaceChildren(button);
  });
  heads[0].setAttribute("aria-sort", "ascending");
}

const names = data.tables.map((table) => [table.name, ...table.columns.map((column) => column.name)].join("\n").toLowerCase());

function filter() {
  const wanted = byId("filter").value.toLowerCase();
  const coverage = byId("coverage").value;
  const mode = byId("mode").value;
  let shown = 0;
  for (const { row, index } of rows) {
    const isShown = names[index].includes(wanted) && (coverage === "" || data.tables[index].coverage === coverage) &&
      (mode === "" || choices[index].mode === mode);
    row.hidden = !isShown;
    const details = byId(`t${index}`);
    if (details) details.hidden = !isShown;
    if (isShown) shown++;
  }
  byId("shown").textContent = `${grouped(shown)} of ${grouped(rows.length)} tables`;
  byId("filtered").hidden = shown === rows.length;
  byId("filtered").textContent = `Filtered: only ${grouped(shown)} of ${grouped(rows.length)} tables are shown.`;
}

// ---- Start

document.addEventListener("toggle", (event) => {
  const match = /^t(\d+)$/.exec(event.target.id);
  if (match && event.target.open) open(Number(match[1]));
}, true);

function follow() {
  const match = /^#t(\d+)$/.exec(location.hash);
  const target = match && byId(`t${match[1]}`);
  if (target) target.open = true;
}
addEventListener("hashchange", follow);
follow();

// Chromium leaves buttons out of a table head that is repeated on every page.
function swapHeads(isPrinted) {
  for (const head of byId("lob-table")?.tHead.rows[0].cells ?? []) {
    const button = headButtons.get(head);
    if (button) head.replaceChildren(isPrinted ? button.textContent : button);
  }
}
addEventListener("afterprint", () => {
  swapHeads(false);
  document.body.classList.remove("with-appendix");
});

// A large report would take minutes to print in full: then only what is open is printed.
const PRINTED_COLUMNS = 300;
addEventListener("beforeprint", () => {
  swapHeads(true);
  if (!document.body.classList.contains("with-appendix")) return;
  if (data.tables.reduce((all, table) => all + table.columns.length, 0) > PRINTED_COLUMNS) return;
  data.tables.forEach((_, index) => {
    const details = byId(`t${index}`);
    if (!details) return;
    details.open = true;
    open(index);
  });
});

if (body) {
  addSorting();
  byId("controls").hidden = false;
  byId("controls").addEventListener("submit", (event) => event.preventDefault());
  for (const id of ["filter", "coverage", "mode"]) byId(id).addEventListener("input", filter);
  byId("print-all").addEventListener("click", () => {
    document.body.classList.add("with-appendix");
    print();
  });
  byId("open-all").addEventListener("click", () => {
    for (const { row, index } of rows) {
      const details = byId(`t${index}`);
      if (details && !row.hidden) details.open = true;
    }
  });
  byId("get-mapping").addEventListener("click", () => download("table-mappings.json", changedMapping()));
  byId("get-task").addEventListener("click", () => download("task-settings.json", changedTask()));
  byId("undo").addEventListener("click", () => {
    recommended.forEach((choice, index) => {
      if (!isChanged(index)) return;
      choices[index] = { ...choice };
      refresh(index);
    });
    showChanges();
  });
  byId("mapping-text").parentElement.addEventListener("toggle", showChanges);
  filter();
}
