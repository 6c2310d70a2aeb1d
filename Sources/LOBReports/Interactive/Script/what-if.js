// ---- Choices

const recommended = data.tables.map(({ mode, size }) => ({ mode, size }));
const choices = recommended.map((choice) => ({ ...choice }));
const isChanged = (index) =>
  choices[index].mode !== recommended[index].mode || choices[index].size !== recommended[index].size;
const settingsOf = (choice) => ({ mode: choice.mode, "bulk-max-size": String(choice.size) });

// As the program writes JSON: what is not seen appears as an escape.
const unseen =
  /[\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb]|\ud82f[\udca0-\udca3]|\ud834[\udd73-\udd7a]|[\udb40-\udb43][\udc00-\udfff]/g;
const jsonText = (value) =>
  JSON.stringify(value, null, 2).replace(unseen, (text) =>
    Array.from({ length: text.length }, (_, i) => "\\u" + text.charCodeAt(i).toString(16).padStart(4, "0")).join(""));

function changedMapping() {
  const settings = new Map();
  data.tables.forEach((table, index) => {
    if (!isChanged(index)) return;
    for (const leaf of table.leaves) settings.set(JSON.stringify(leaf), settingsOf(choices[index]));
  });
  const rules = data.mapping.rules.map((rule) => {
    const place = rule["object-locator"];
    const changed =
      rule["rule-type"] === "table-settings" && settings.get(JSON.stringify([place["schema-name"], place["table-name"]]));
    return changed ? { ...rule, "lob-settings": changed } : rule;
  });
  return { ...data.mapping, rules };
}

function changedTask() {
  const inUse = data.tables.map((table, index) => ({ table, ...choices[index] }))
    .filter(({ table }) => table.migrates && table.lobs > 0);
  const limited = inUse.filter((choice) => choice.mode === "limited");
  const limits = limited.map((choice) => choice.size);
  // What must not be cut is what the task's limit is for; a target without table settings has no other limit.
  const guarded = limited.filter(({ table }) => data.hasTableRules && !table.ok).map((choice) => choice.size);
  const hasUnlimited = inUse.some((choice) => choice.mode === "unlimited");
  const isFull = limits.length === 0 && hasUnlimited;
  const task = structuredClone(data.task);
  Object.assign(task.TargetMetadata, {
    FullLobMode: isFull, LimitedSizeLobMode: !isFull,
    LobMaxSize: limits.length > 0 ? Math.max(...(guarded.length > 0 ? guarded : limits)) : isFull ? 0 : 32,
    InlineLobMaxSize: isFull && data.loads ? Math.max(...inUse.map((choice) => choice.size)) : 0,
    BatchApplyEnabled: !hasUnlimited && data.canBatchApply,
  });
  task.StreamBufferSettings.StreamBufferSizeInMB = Math.max(8, Math.floor(Math.max(0, ...limits) / 1024) + 2);
  task.ValidationSettings.ValidationPartialLobSize = limits.length > 0 ? Math.min(...limits) : 0;
  return task;
}

function download(name, value) {
  const address = URL.createObjectURL(new Blob([jsonText(value) + "\n"], { type: "application/json" }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

// ---- Tables that are opened

const opened = new Map();

function open(index) {
  if (opened.has(index)) return;
  const table = data.tables[index];
  const charts = make("div");
  opened.set(index, { charts });
  byId(`t${index}`).append(charts);
  if (table.migrates && table.lobs > 0) whatIf(index);
  redraw(index);
}

function redraw(index) {
  const table = data.tables[index];
  const choice = choices[index];
  const figures = table.columns.filter((column) => column.largest !== null && column.values > 0).map((column) => {
    const isLimited = choice.mode === "limited" && column.lobClass !== "none" && table.migrates;
    const held = isLimited ? largestHeld(choice.size, column.lobClass) : null;
    return make("div", { class: "charts" }, histogram(column, held, choice), cutCurve(column, held));
  });
  opened.get(index).charts.replaceChildren(...figures);
}

// The slider's scale is logarithmic: 0 to 1000 is 1 KB to the ceiling.
const toSlider = (size) => Math.round((1000 * Math.log(Math.max(size, 1))) / Math.log(CEILING));
const fromSlider = (value) => Math.max(1, Math.round(Math.exp((value / 1000) * Math.log(CEILING))));
// Where the program gave its estimates, the slider stops at one of them.
const stopNear = (kib, sizes) =>
  sizes.length === 0 ? kib : sizes.reduce((best, size) => (Math.abs(size - kib) < Math.abs(best - kib) ? size : best));

function whatIf(index) {
  const table = data.tables[index];
  const radio = (mode) => make("input", { type: "radio", name: `mode${index}`, value: mode });
  const parts = {
    limited: radio("limited"), unlimited: radio("unlimited"),
    size: make("input", { type: "number", name: `size${index}`, min: 1, max: CEILING, step: 1, inputmode: "numeric" }),
    slider: make("input", { type: "range", name: `slider${index}`, min: 0, max: 1000, "aria-label": "Limit in KB, logarithmic" }),
    output: make("dl", { "aria-live": "polite" }), rule: make("pre", {}, make("code")),
    reset: make("button", { type: "button" }, "Back to the recommendation"),
  };
  const panel = make("fieldset", { class: "what-if" },
    make("legend", {}, "What if the limit were another"),
    make("p", {},
      make("label", {}, parts.limited, " limited"), make("label", {}, "to ", parts.size, " KB"), parts.slider, " ", make("label", {}, parts.unlimited, " unlimited"), parts.reset),
    parts.output, make("h3", {}, "Rule"), parts.rule);
  const set = (mode, size) => {
    choices[index] = { mode, size: Math.min(CEILING, Math.max(mode === "limited" ? 1 : 0, Math.floor(size) || 0)) };
    refresh(index);
  };
  const inline = recommended[index].mode === "unlimited" ? recommended[index].size : 64;
  parts.limited.addEventListener("change", () => set("limited", table.setting ?? 64));
  parts.unlimited.addEventListener("change", () => set("unlimited", inline));
  parts.size.addEventListener("input", () => parts.size.value !== "" && set("limited", Number(parts.size.value)));
  parts.slider.addEventListener("input", () => set("limited", stopNear(fromSlider(Number(parts.slider.value)), table.sizes)));
  parts.reset.addEventListener("click", () => set(recommended[index].mode, recommended[index].size));
  opened.get(index).parts = parts;
  byId(`t${index}`).append(panel);
  show(index);
}

function show(index) {
  const { parts } = opened.get(index);
  const [table, choice] = [data.tables[index], choices[index]];
  const [cut, risk, lookups] = [
    choice.mode === "limited" ? cutAt(table, choice.size) : counted([0, 0]), riskOf(table, choice), lookupsOf(table, choice),
  ];
  const values = valuesOf(table);
  const columns = lobColumns(table);
  const basis = isSampled(table) ? "values, estimated from the sample with a range of 95 %"
    : columns.some((column) => column.isExpected) ? "values, as stored sizes let expect"
    : columns.some((column) => column.provenance === "at-most") ? "values at most" : "values";
  const all = values === null ? "values that are not known"
    : (isSampled(table) ? "about " + roundedText(values) : grouped(values)) + " " + basis;
  const isLimited = choice.mode === "limited";
  parts.limited.checked = isLimited;
  parts.unlimited.checked = !isLimited;
  const size = isLimited ? choice.size : table.setting ?? 64;
  if (document.activeElement !== parts.size || Number(parts.size.value) !== size) parts.size.value = size;
  if (document.activeElement !== parts.slider) parts.slider.value = toSlider(size);
  const share = values !== null && values > 0 && cut ? ` (${percentText(Math.min(1, cut.expected / values))})` : "";
  const lines = [
    ["Values cut", cut === null ? "not known" : `${rowsText(cut)} of ${all}${share}`],
    ["Risk of a cut", riskText(risk)],
    ["Look-ups in a full load", lookups === null ? "not known" : `${rowsText(lookups)} of ${all}`],
    ["Look-ups in CDC", isLimited ? "none" : "one for every LOB that changes"],
    ["Memory in a full load", `about ${bytesText(memoryOf(table, choice))} (DMS user guide's formula, default CommitRate and MaxFullLoadSubTasks)`],
  ];
  parts.output.replaceChildren(...lines.flatMap(([term, text]) => [make("dt", {}, term), make("dd", {}, text)]));
  if (isLimited && !table.ok && risk !== 0)
    parts.output.append(make("dt", { class: "alarm" }, "Not OK"),
      make("dd", { class: "alarm" }, "truncations are not accepted for this table"));
  const leaf = table.leaves[0];
  const others = table.leaves.length > 1 ? `\n(and the same for ${table.leaves.length - 1} more leaves)` : "";
  parts.rule.firstChild.textContent = jsonText({
    "rule-type": "table-settings", "object-locator": { "schema-name": leaf[0], "table-name": leaf[1] }, "lob-settings": settingsOf(choice),
  }) + others;
  parts.reset.disabled = !isChanged(index);
}

function refresh(index) {
  if (opened.get(index)?.parts) show(index);
  if (opened.has(index)) redraw(index);
  const cells = byId(`r${index}`)?.cells;
  if (cells) {
    const choice = choices[index];
    cells[3].textContent = choice.mode === "limited" ? `limited, ${choice.size} KB`
      : choice.size > 0 ? `unlimited, inline up to ${choice.size} KB` : "unlimited";
    cells[6].textContent = riskText(riskOf(data.tables[index], choice));
    for (const cell of [cells[3], cells[6]]) cell.classList.toggle("changed", isChanged(index));
  }
  showChanges();
}

function showChanges() {
  const changed = data.tables.filter((_, index) => isChanged(index)).length;
  byId("changes").hidden = changed === 0;
  if (changed === 0) return;
  const target = changedTask().TargetMetadata;
  const memory = Math.max(...data.tables.map((table, index) =>
    table.migrates && choices[index].mode === "limited" ? memoryOf(table, choices[index]) : 0));
  byId("changes-text").textContent =
    `${changed} ${changed === 1 ? "table" : "tables"} changed. Task: ` +
    (target.FullLobMode ? "FullLobMode" : `LimitedSizeLobMode, LobMaxSize ${target.LobMaxSize}`) +
    `; largest table in a full load about ${bytesText(memory)}.`;
  if (byId("mapping-text").parentElement.open) byId("mapping-text").value = jsonText(changedMapping());
}
