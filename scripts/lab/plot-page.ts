/** What runs in the page of a plot, beside uPlot. */

export interface PageData {
  readonly title: string;
  /** Lines below the title. */
  readonly notes: readonly string[];
  readonly x: { readonly label: string; readonly values: readonly number[] };
  readonly y: { readonly label: string; readonly unit: string };
  readonly series: readonly { readonly label: string; readonly color: string; readonly values: readonly number[] }[];
}

/** A step spans the time that its value is the mean of: it ends at its point. Drag to zoom, double click to see all again. */
export const PAGE_SCRIPT = `
const data = JSON.parse(document.getElementById("data").textContent);
const add = (name, text) => document.body.appendChild(Object.assign(document.createElement(name), { textContent: text }));
add("h1", data.title);
for (const note of data.notes) add("p", note);
const size = () => ({ width: Math.max(400, innerWidth - 32), height: Math.max(300, innerHeight - 160) });
const paths = uPlot.paths.stepped({ align: -1 });
const value = (unit) => (_, number) => (number == null ? "–" : Number(number.toPrecision(5)) + " " + unit);
const chart = new uPlot(
  {
    ...size(),
    scales: { x: { time: false }, y: { range: (_, least, most) => [0, most > 0 ? most * 1.05 : 1] } },
    axes: [{ label: data.x.label }, { label: data.y.label, size: 80 }],
    series: [
      { label: data.x.label, value: (_, number) => (number == null ? "–" : String(Number(number.toPrecision(7)))) },
      ...data.series.map(({ label, color }) => ({
        label,
        stroke: color,
        width: 2,
        paths,
        points: { show: false },
        value: value(data.y.unit),
      })),
    ],
  },
  [data.x.values, ...data.series.map(({ values }) => values)],
  document.body,
);
addEventListener("resize", () => chart.setSize(size()));
`;
