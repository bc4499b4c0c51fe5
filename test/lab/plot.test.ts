/** What a plot shows, seen in a browser that has no network. */
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { COLORS } from "../../scripts/lab/plot.ts";
import { launchBrowser } from "../browser/chromium.ts";
import { folder, jhInmate } from "../cli/cli.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const HEADER = "time_ns,cpu_cycles,dram_cycles,busy_cycles,read_bytes,write_bytes,read_MB_per_s,write_MB_per_s\n";
/** A hundred times 10 µs: reads at 3000 MB/s, none in the second half; writes at 1000 MB/s. */
const CSV = `${HEADER}${Array.from({ length: 100 }, (_, n) => `${(n + 1) * 10000},10000,1,1,${n < 50 ? 30000 : 0},10000,0,0\n`).join("")}`;

const RECORD = {
  source: { kind: "model", name: "QEMU virt" },
  board: "s32v234sbc",
  parameters: { controller: "MMDC1", intervalCycles: 10000 },
  date: "2030-01-02T03:04:05.000Z",
};

interface Opened {
  page: Page;
  requests: string[];
  errors: string[];
  texts: string[];
}

async function open(csv: string, record?: object): Promise<Opened> {
  const file = join(await folder(), "run.csv");
  await writeFile(file, csv);
  if (record) await writeFile(file.replace(".csv", ".json"), JSON.stringify(record));
  const { code, stderr } = await jhInmate(["lab", "plot", file]);
  const out = file.replace(".csv", ".html");
  expect(stderr).toBe(`${out}: open it in a browser\n`);
  expect(code).toBe(0);
  // What uPlot writes on its canvas is noted down.
  const page = await browser.newPage({ viewport: { width: 1000, height: 700 } });
  await page.addInitScript(() => {
    const texts: string[] = [];
    Object.assign(globalThis, { texts });
    const { fillText } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
      texts.push(text);
      fillText.call(this, text, ...(place as [number, number]));
    };
  });
  const requests: string[] = [];
  const errors: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => errors.push(message.text()));
  await page.goto(pathToFileURL(out).href);
  await page.waitForFunction(() => (globalThis as unknown as { texts: string[] }).texts.length > 0);
  const texts = await page.evaluate(() => (globalThis as unknown as { texts: string[] }).texts);
  return { page, requests, errors, texts };
}

interface Span {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Where in the plot, in parts of its width and height from the lower left, a colour is to be seen. */
function spanOf(page: Page, color: string): Promise<Span | undefined> {
  return page.evaluate((hex) => {
    const canvas = document.querySelector("canvas")!;
    const over = document.querySelector<HTMLElement>(".u-over")!;
    const scale = canvas.width / canvas.clientWidth;
    const [x, y, width, height] = [over.offsetLeft, over.offsetTop, over.clientWidth, over.clientHeight].map((length) =>
      Math.round(length * scale),
    ) as [number, number, number, number];
    const { data } = canvas.getContext("2d")!.getImageData(x, y, width, height);
    const wanted = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
    const found: [number, number][] = [];
    for (let i = 0; i < width * height; i++)
      if (wanted.every((value, c) => Math.abs(data[4 * i + c]! - value) < 8) && data[4 * i + 3]! > 240)
        found.push([i % width, Math.floor(i / width)]);
    if (found.length < 20) return undefined;
    const [xs, ys] = [found.map(([at]) => at / width), found.map(([, at]) => 1 - at / height)];
    const span = { left: 2, right: -1, top: -1, bottom: 2 };
    for (const at of xs) Object.assign(span, { left: Math.min(span.left, at), right: Math.max(span.right, at) });
    for (const at of ys) Object.assign(span, { bottom: Math.min(span.bottom, at), top: Math.max(span.top, at) });
    return span;
  }, color);
}

test("read, write and their sum are drawn where they belong, with axes and legend, without a network", async () => {
  const { page, requests, errors, texts } = await open(CSV);
  expect(errors).toEqual([]);
  expect(requests).toHaveLength(1);
  expect(await page.title()).toBe("Memory bandwidth: run.csv");
  expect(texts).toEqual(expect.arrayContaining(["time (ms)", "bandwidth (MB/s)", "0", "1,000", "4,000"]));
  const legend = await page.locator(".u-legend .u-label").allTextContents();
  expect(legend).toEqual(["time (ms)", "total", "read", "write"]);
  // The highest is the sum, 4000 MB/s, and the axis goes 5 % beyond it.
  const part = (value: number) => value / 4200;
  const [total, read, write] = await Promise.all([COLORS.total, COLORS.read, COLORS.write].map((c) => spanOf(page, c)));
  expect(total?.left).toBeCloseTo(0, 1);
  expect(total?.top).toBeCloseTo(part(4000), 1);
  expect(total?.right).toBeCloseTo(0.5, 1);
  expect(read?.top).toBeCloseTo(part(3000), 1);
  expect(read?.bottom).toBeCloseTo(0, 1);
  expect(write?.left).toBeCloseTo(0, 1);
  expect(write?.right).toBeCloseTo(1, 1);
  expect(write?.top).toBeCloseTo(part(1000), 1);
  expect(write?.bottom).toBeCloseTo(part(1000), 1);
});

test("a click on the legend hides a line", async () => {
  const { page } = await open(CSV);
  expect(await spanOf(page, COLORS.write)).toBeDefined();
  await page.locator(".u-legend .u-label", { hasText: "write" }).click();
  await expect.poll(() => spanOf(page, COLORS.write)).toBeUndefined();
  expect(await spanOf(page, COLORS.read)).toBeDefined();
});

test("transactions have another axis; the record says that it was a model", async () => {
  const { page, texts } = await open(CSV.replaceAll("_bytes", "_transactions").replaceAll("_MB_", "_M_"), RECORD);
  expect(texts).toContain("transactions (million/s)");
  expect(await page.locator("p").allTextContents()).toEqual([
    "model (QEMU virt): not a board's bandwidth",
    "s32v234sbc, MMDC1, a sample each 10000 CPU cycles, 2030-01-02T03:04:05.000Z",
  ]);
});

test("nothing in a record or a file's name is HTML", async () => {
  const board = '</script><script>document.title = "bad"</script>';
  const { page, errors } = await open(CSV, { ...RECORD, board });
  expect(errors).toEqual([]);
  expect(await page.title()).toBe("Memory bandwidth: run.csv");
  expect(await page.locator("p").last().textContent()).toContain(board);
});

test("more rows than a screen has are put together", { timeout: 120_000 }, async () => {
  const rows = Array.from({ length: 120_000 }, (_, n) => `${(n + 1) * 256},256,1,1,512,256,0,0\n`);
  const { page } = await open(HEADER + rows.join(""));
  expect(await page.locator("p").allTextContents()).toEqual(["each point is the mean of 3 samples"]);
  expect(await spanOf(page, COLORS.read)).toBeDefined();
});

test("a file that cannot be read, a broken one, and one without its record", async () => {
  const dir = await folder();
  const file = join(dir, "run.csv");
  const run = async () => (await jhInmate(["lab", "plot", file])).stderr;
  expect(await run()).toMatch(/^error: cannot read .*run\.csv: ENOENT.*: give a CSV file of jh-inmate lab profile\n$/);
  await writeFile(file, `${HEADER}1000,1\n`);
  expect(await run()).toBe(`error: ${file}:2: 2 fields under a header of 8: mend the line\n`);
  await writeFile(file, CSV);
  await writeFile(join(dir, "run.json"), "{}");
  expect(await run()).toMatch(
    /^error: .*run\.json is not the record of a profile \(.*\): mend it, or move it away from the CSV\n$/,
  );
  expect(existsSync(join(dir, "run.html"))).toBe(false);
  const elsewhere = await jhInmate(["lab", "plot", file, "-o", join(dir, "no/page.html")]);
  expect(elsewhere.stderr).toMatch(/^error: .*run\.json is not the record/);
  await writeFile(join(dir, "run.json"), JSON.stringify(RECORD));
  const { code, stderr } = await jhInmate(["lab", "plot", file, "-o", join(dir, "no/page.html")]);
  expect(stderr).toMatch(/^error: cannot write .*page\.html: ENOENT.*: give another -o\n$/);
  expect(code).toBe(2);
  await jhInmate(["lab", "plot", file, "-o", join(dir, "page.html")]);
  expect(await readFile(join(dir, "page.html"), "utf8")).toContain("uPlot");
});
