/** What runs in the page of a chart with bars, beside uPlot. */

export interface BarsData {
  readonly title: string;
  /** Lines below the title. */
  readonly notes: readonly string[];
  /** Of the groups of bars, one bar of each series in a group. */
  readonly labels: readonly string[];
  readonly y: { readonly label: string; readonly unit: string };
  readonly series: readonly { readonly label: string; readonly color: string; readonly values: readonly number[] }[];
}

/** Each bar has a place of its own on the x axis: groups are a unit apart, and take four fifths of it. */
export const BARS_SCRIPT = `
const data = JSON.parse(document.getElementById("data").textContent);
const add = (name, text) => document.body.appendChild(Object.assign(document.createElement(name), { textContent: text }));
add("h1", data.title);
for (const note of data.notes) add("p", note);
const size = () => ({ width: Math.max(110 * data.labels.length, innerWidth - 32), height: Math.max(420, innerHeight - 200) });
const count = data.series.length;
const width = 0.8 / count;
const places = data.labels.flatMap((_, group) => data.series.map((_, n) => group + (n - (count - 1) / 2) * width));
const bars = uPlot.paths.bars({ size: [1, Infinity], align: 0, each: undefined, disp: {
  x0: { unit: 1, values: (u, n) => u.data[0].map((at) => at - width / 2) },
  size: { unit: 1, values: (u) => u.data[0].map(() => width * 0.9) },
} });
const values = data.series.map((series, n) => places.map((_, i) => (i % count === n ? series.values[Math.floor(i / count)] : null)));
const group = (at) => data.labels[Math.round(at)] ?? "";
const inLines = (at) => group(at).replace(/, | (?=\\d+\\/)/g, "\\n");
const numbers = (u) => {
  const { ctx } = u;
  ctx.save();
  ctx.fillStyle = "#222";
  ctx.textAlign = "center";
  ctx.textBaseline = "bottom";
  ctx.font = 12 * devicePixelRatio + "px system-ui, sans-serif";
  data.series.forEach(({ values }, n) => {
    if (!u.series[n + 1].show) return;
    values.forEach((value, at) => {
      const x = u.valToPos(places[at * count + n], "x", true);
      ctx.fillText(value.toFixed(value < 10 ? 2 : 1), x, u.valToPos(value, "y", true) - 2);
    });
  });
  ctx.restore();
};
const chart = new uPlot(
  {
    ...size(),
    cursor: { drag: { x: false, y: false } },
    scales: { x: { time: false, range: () => [-0.6, data.labels.length - 0.4] }, y: { range: (_, least, most) => [0, most * 1.1] } },
    axes: [
      { splits: () => data.labels.map((_, n) => n), values: (_, at) => at.map(inLines), size: 85, grid: { show: false } },
      { label: data.y.label, size: 60 },
    ],
    series: [
      { label: "configuration", value: (_, at) => (at == null ? "–" : group(at)) },
      ...data.series.map(({ label, color }) => ({
        label,
        stroke: color,
        fill: color,
        paths: bars,
        points: { show: false },
        value: (_, number) => (number == null ? "–" : Number(number.toPrecision(4)) + " " + data.y.unit),
      })),
    ],
    hooks: { draw: [numbers] },
  },
  [places, ...values],
  document.body,
);
addEventListener("resize", () => chart.setSize(size()));
`;
