// Names reach the page only as text nodes and attribute values, never as markup.
const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const KIB = 1024;
const CEILING = 102400; // the largest limit that DMS takes in limited LOB mode, in KB

const make = (name, attributes = {}, ...children) => fill(document.createElement(name), attributes, children);
const draw = (name, attributes = {}, ...children) =>
  fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
function fill(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

// ---- Figures in words

const grouped = (number) => String(Math.round(number)).replace(/\B(?=(\d{3})+$)/g, ",");
function bytesText(bytes) {
  const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
  let unit = 0;
  for (; bytes >= 1023.95 && unit < units.length - 1; unit++) bytes /= 1024;
  return (unit === 0 ? String(Math.round(bytes)) : bytes.toFixed(1)) + " " + units[unit];
}
function percentText(share) {
  const percent = share * 100;
  if (percent === 0) return "0 %";
  if (percent < 0.01) return "< 0.01 %";
  if (percent < 0.1) return percent.toFixed(2) + " %";
  if (percent < 10) return percent.toFixed(1).replace(/\.0$/, "") + " %";
  if (percent >= 99.5 && percent < 100) return "> 99 %";
  return percent.toFixed(0) + " %";
}
function riskText(risk) {
  if (risk === null) return "not known";
  return risk === 0 ? "0 %" : risk <= 0.02 ? "< 2 %" : percentText(risk);
}
function countText(count) {
  for (const [unit, size] of [["G", 1e9], ["M", 1e6], ["k", 1e3]]) if (count >= size) return count / size + " " + unit;
  return String(count);
}
// Two significant digits, an estimate is worth no more; the ends of an interval outwards.
function roundedText(number, rule = Math.round) {
  let scale = 1;
  while (number / scale >= 99.5) scale *= 10;
  const nearest = Math.round(number / scale);
  return grouped((Math.abs(number / scale - nearest) < 1e-3 ? nearest : rule(number / scale)) * scale);
}
function rowsText({ expected, least, most, isEstimate }) {
  if (isEstimate) return `about ${roundedText(expected)} (${roundedText(least, Math.floor)} to ${roundedText(most, Math.ceil)})`;
  return least === most ? grouped(most) : `${grouped(least)} to ${grouped(most)}`;
}

// ---- What a limit does

// The largest value, in bytes, that a limit in KB does not cut: the sizing policy read backwards.
function largestHeld(kib, lobClass) {
  const bytes = kib * KIB;
  if (data.sizing === "x3") return Math.floor(bytes / 3);
  if (lobClass === "blob") return bytes;
  const asUTF8 = Math.floor((bytes - 1) / data.utf8);
  return Math.max(0, data.sizing === "octets" ? asUTF8 : Math.min(asUTF8, Math.floor(bytes / 2)));
}

// The values measured that are larger than a size: surely, and at most.
function countAbove(column, bytes) {
  const top = column.top;
  if (top.length > 0 && bytes >= top[top.length - 2]) {
    let exact = 0;
    for (let i = 0; i < top.length; i += 2) if (top[i] > bytes) exact += top[i + 1];
    return [exact, exact];
  }
  let [least, most, last] = [0, 0, -1];
  for (let i = 0; i < column.buckets.length; i += 3) {
    const [gap, upper, count] = [column.buckets[i], column.buckets[i + 1], column.buckets[i + 2]];
    if (last + gap >= bytes) least += count;
    if (upper > bytes) most += count;
    last = upper;
  }
  return [least, most];
}

// Between two known sizes the risk is that of the smaller one: never better than the truth.
function riskAbove(column, bytes) {
  if (column.coverage === "undated") return column.largest !== null && column.largest > bytes ? 1 : null;
  if (column.coverage === "exact") return column.largest !== null && column.largest > bytes ? 1 : 0;
  if (!["sampled", "bounded", "forecast"].includes(column.coverage)) return null;
  if (column.largest === null) return null;
  // Whether a value that is at most so large is still there is not known.
  if (column.largest > bytes) return column.provenance === "at-most" ? null : 1;
  let risk = null;
  for (let i = 0; i < column.risk.length && column.risk[i] <= bytes; i += 2) risk = column.risk[i + 1];
  return risk;
}

const lobColumns = (table) => table.columns.filter((column) => column.lobClass !== "none");
const counted = ([least, most]) => ({ expected: (least + most) / 2, least, most, isEstimate: false });
const sum = (rows) => rows.reduce((all, one) => ({
  expected: all.expected + one.expected, least: all.least + one.least, most: all.most + one.most,
  isEstimate: all.isEstimate || one.isEstimate,
}), counted([0, 0]));

// Where not every value was read, the program says what the limits in `sizes` cut. Between two of them the estimate is
// drawn in, and the range is that of both.
function estimated(column, sizes, kib) {
  const at = (index) => {
    const [expected, least, most] = column.cuts.slice(3 * index, 3 * index + 3);
    return { ...counted([least, most]), ...(expected === null ? {} : { expected, isEstimate: true }) };
  };
  const next = sizes.findIndex((size) => size >= kib);
  if (next <= 0 || sizes[next] === kib) return at(next < 0 ? sizes.length - 1 : next);
  const [before, after] = [at(next - 1), at(next)];
  const share = Math.log(kib / sizes[next - 1]) / Math.log(sizes[next] / sizes[next - 1]);
  const expected = after.expected > 0
    ? before.expected * (after.expected / before.expected) ** share
    : before.expected * (1 - share);
  return { expected, least: after.least, most: before.most, isEstimate: true };
}

function cutOf(table, column, kib) {
  if (column.values === null || (!column.isCounted && column.cuts === null)) return null;
  if (!column.isCounted) return estimated(column, table.sizes, kib);
  const [least, most] = countAbove(column, largestHeld(kib, column.lobClass));
  // Where rows were replaced or deleted meanwhile, any of the values may be there no more.
  return counted([column.provenance === "at-most" ? 0 : least, most]);
}

function cutAt(table, kib) {
  const cuts = lobColumns(table).map((column) => cutOf(table, column, kib));
  return cuts.includes(null) ? null : sum(cuts);
}

function riskOf(table, choice) {
  // Unlimited mode cuts nothing, but that is no figure of what was not measured.
  if (choice.mode !== "limited") return lobColumns(table).some((column) => column.limit === null) ? null : 0;
  if (table.mode === "limited" && choice.size === table.size) return table.risk;
  const risks = lobColumns(table).map((column) => riskAbove(column, largestHeld(choice.size, column.lobClass)));
  return risks.includes(null) ? null : 1 - risks.reduce((none, risk) => none * (1 - risk), 1);
}

// Values that a full load fetches one by one: in unlimited mode those over bulk-max-size, where 0 means all.
function lookupsOf(table, choice) {
  if (choice.mode === "limited") return counted([0, 0]);
  if (choice.size > 0) return cutAt(table, choice.size);
  const values = valuesOf(table);
  const isAtMost = lobColumns(table).some((column) => column.provenance === "at-most");
  return values === null ? null : { ...counted([isAtMost ? 0 : values, values]), isEstimate: isSampled(table) };
}

// All values of the table; of a sample as many as its share of values lets expect; null where they are not known.
function valuesOf(table) {
  const values = lobColumns(table).map((column) => column.allValues);
  return values.includes(null) ? null : values.reduce((all, count) => all + count, 0);
}
const isSampled = (table) => lobColumns(table).some((column) => !column.isCounted && !column.isExpected);

function memoryOf(table, choice) {
  const { commitRate, subTasks, bulkRows } = data.memory;
  const distinct = table.lobs;
  return choice.mode === "limited"
    ? choice.size * KIB * distinct * Math.max(commitRate, subTasks * bulkRows)
    : 64 * KIB * distinct * subTasks * commitRate;
}
