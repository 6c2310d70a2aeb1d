// ---- Charts

const chart = { width: 560, height: 210, left: 60, right: 30, top: 14, bottom: 40 };
const inner = { width: chart.width - chart.left - chart.right, height: chart.height - chart.top - chart.bottom };
const octave = (bytes) => Math.log2(Math.max(bytes, 1));

function frame(title, first, last, rows, meaning) {
  const x = (bytes) => chart.left + ((octave(bytes) - first) / (last - first)) * inner.width;
  const bottom = chart.top + inner.height;
  const svg = draw("svg", { viewBox: `0 0 ${chart.width} ${chart.height}`, role: "img", "aria-label": title });
  const step = Math.ceil((last - first) / 7);
  for (let power = first; power <= last; power += step) {
    const at = chart.left + ((power - first) / (last - first)) * inner.width;
    svg.append(
      draw("line", { class: "grid", x1: at, x2: at, y1: chart.top, y2: bottom }),
      draw("text", { x: at, y: bottom + 15, "text-anchor": "middle" }, bytesText(2 ** power).replace(".0 ", " ")));
  }
  for (const [label, y] of rows)
    svg.append(
      draw("line", { class: "grid", x1: chart.left, x2: chart.left + inner.width, y1: y, y2: y }),
      draw("text", { x: chart.left - 5, y: y + 4, "text-anchor": "end" }, label));
  svg.append(
    draw("path", { class: "axis", d: `M${chart.left} ${chart.top}V${bottom}H${chart.left + inner.width}` }),
    draw("text", { x: chart.left + inner.width / 2, y: chart.height - 6, "text-anchor": "middle" }, "size (log scale)"),
    draw("text", { x: 11, y: chart.top + inner.height / 2, "text-anchor": "middle",
      transform: `rotate(-90 11 ${chart.top + inner.height / 2})` }, meaning));
  return { svg, x, bottom };
}

// Counts on a log axis: one value among millions decides the limit and must be seen.
function countAxis(highest) {
  const decades = Math.max(1, Math.ceil(Math.log10(highest + 1)));
  const y = (count) => chart.top + inner.height * (1 - Math.log10(count + 1) / decades);
  const rows = Array.from({ length: decades + 1 }, (_, power) => 10 ** power)
    .filter((_, power) => decades <= 5 || power % 2 === 0).map((count) => [countText(count), y(count)]);
  return { y, rows: [["0", y(0)], ...rows.filter(([, at]) => at < y(0) - 10)] };
}

function marker(svg, kind, at, label, line) {
  const isLate = at > chart.left + inner.width * 0.6;
  svg.append(
    draw("line", { class: kind, x1: at, x2: at, y1: chart.top, y2: chart.top + inner.height }),
    draw("text", { class: kind, x: at + (isLate ? -4 : 4), y: chart.top + 10 + 13 * line, "text-anchor": isLate ? "end" : "start" }, label));
}

function span(column, held) {
  const largest = Math.max(column.largest ?? 1, held ?? 1, column.limit ?? 1, column.risk.at(-2) ?? 1, 64);
  return [0, Math.ceil(octave(largest)) + 1];
}

function histogram(column, held, choice) {
  const [first, last] = span(column, held);
  const bars = new Map();
  const { buckets } = column;
  for (let i = 0; i < buckets.length; i += 3) {
    const bar = Math.ceil(octave(buckets[i + 1]) * 2 - 1e-9);
    bars.set(bar, (bars.get(bar) ?? 0) + buckets[i + 2]);
  }
  const expected = expectedBars(column);
  const axis = countAxis(Math.max(0, ...bars.values(), ...expected.map((bar) => bar.rows)));
  const title = `Histogram of the sizes of ${column.name}, log axes: largest ${bytesText(column.largest)}`;
  const { svg, x, bottom } = frame(title, first, last, axis.rows, "values (log scale)");
  for (const [bar, count] of bars) {
    const [from, to] = [x(2 ** ((bar - 1) / 2)), x(2 ** (bar / 2))];
    const top = axis.y(count);
    svg.append(
      draw("rect", { class: "bar", x: Math.max(from, chart.left), y: top, width: Math.max(1, to - Math.max(from, chart.left) - 1), height: bottom - top },
        draw("title", {}, `up to ${bytesText(2 ** (bar / 2))}: ${grouped(count)} values`)));
  }
  if (expected.length > 0) {
    const middle = (bar) => x(Math.sqrt(bar.from * bar.to));
    const line = (key, bars) => bars.map((bar) => `${middle(bar).toFixed(1)} ${axis.y(bar[key]).toFixed(1)}`).join("L");
    svg.append(
      draw("path", { class: "band", d: `M${line("most", expected)}L${line("least", [...expected].reverse())}Z` }),
      draw("path", { class: "model", d: `M${line("rows", expected)}` }));
    const [from, to] = [x(column.largest), x(column.limit)];
    svg.append(draw("rect", { class: "band", x: from, y: bottom - 6, width: Math.max(0, to - from), height: 6 },
      draw("title", {}, "where the largest of all values is expected")));
  }
  const isExact = column.provenance === "exact";
  const isAtMost = column.provenance === "at-most";
  marker(svg, "largest", x(column.largest), `${isExact ? "largest" : isAtMost ? "largest at most" : "largest seen"} ${bytesText(column.largest)}`, 0);
  if (held !== null) marker(svg, "limit", x(held), `cut above ${bytesText(held)} (${grouped(choice.size)} KB)`, 1);
  if (!isExact && !isAtMost && column.limit !== null) marker(svg, "model", x(column.limit), `model's limit ${bytesText(column.limit)}`, 2);
  const caption = isExact ? "Sizes of all rows." : column.isExpected
    ? "Sizes of all rows, those not read as their stored sizes let expect."
    : isAtMost ? "Sizes of all rows, and of some that were replaced or deleted while they were read."
    : "Bars: the rows that were read." + (column.tail.length === 0 ? ""
      : " Dotted: all rows as the tail expects them, with its interval of 95 %. " +
        "Shaded at the foot: from the largest seen to the model's limit, where the largest of all is expected.");
  return make("figure", {}, svg, make("figcaption", {}, `${column.name}. ${caption}`));
}

// Rows of all in each bar, by the tail: what is above its lower edge and not above its upper one.
function expectedBars(column) {
  const { tail } = column;
  const bars = [];
  for (let i = 0; i + 4 < tail.length; i += 4) {
    const rows = Math.max(0, tail[i + 1] - tail[i + 5]);
    const share = (bound) => (tail[i + 1] > 0 ? (rows * tail[i + bound]) / tail[i + 1] : 0);
    bars.push({ from: tail[i], to: tail[i + 4], rows, least: share(2), most: share(3) });
  }
  return bars;
}

function cutCurve(column, held) {
  const [first, last] = span(column, held);
  const { tail } = column;
  const axis = countAxis(Math.max(column.values, ...tail.filter((_, index) => index % 4 === 3)));
  const title = `Values of ${column.name} that a limit cuts, by its size, log axes`;
  const { svg, x } = frame(title, first, last, axis.rows, "values above it (log scale)");
  let path = "";
  for (let i = 0; i <= 200; i++) {
    const bytes = 2 ** (first + ((last - first) * i) / 200);
    path += `${i === 0 ? "M" : "L"}${x(bytes).toFixed(1)} ${axis.y(countAbove(column, bytes)[1]).toFixed(1)}`;
  }
  if (tail.length > 0) {
    const points = Array.from({ length: tail.length / 4 }, (_, index) => tail.slice(4 * index, 4 * index + 4));
    const line = (key, list) => list.map((point) => `${x(point[0]).toFixed(1)} ${axis.y(point[key]).toFixed(1)}`).join("L");
    svg.append(
      draw("path", { class: "band", d: `M${line(3, points)}L${line(2, [...points].reverse())}Z` }),
      draw("path", { class: "expected", d: `M${line(1, points)}` }));
  }
  svg.append(draw("path", { class: "curve", d: path }));
  if (column.risk.length > 0) {
    let model = "";
    const y = (risk) => chart.top + inner.height * (1 - risk);
    for (let i = 0; i < column.risk.length; i += 2)
      model += `${i === 0 ? "M" : "L"}${x(column.risk[i]).toFixed(1)} ${y(column.risk[i + 1]).toFixed(1)}`;
    svg.append(draw("path", { class: "model", d: model }));
    svg.append(draw("text", { class: "model", x: chart.left + 6, y: chart.top + inner.height - 8 }, "dotted: risk, 0 to 100 % of the height"));
  }
  if (held !== null) marker(svg, "limit", x(held), `cut above ${bytesText(held)}`, 0);
  const of = column.allValues === null ? "Of the values that were read, those" : "Values";
  const caption = `${of} that are larger than a size: what a limit there would cut.` +
    (tail.length > 0 ? " Dashed: rows of all, as the tail expects, with its interval of 95 %." : "") +
    (column.risk.length > 0 ? " Beyond the largest seen, the model's risk that any value is larger." : "");
  return make("figure", {}, svg, make("figcaption", {}, caption));
}
