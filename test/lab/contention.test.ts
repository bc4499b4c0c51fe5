/** `lab contention`: what a textbook says of a victim beside bombs, by the command, in its files, and on the page. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "../browser/chromium.ts";
import { folder, jhInmate } from "../cli/cli.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const KIB = 1024;
const MODEL = [
  "model: times of memory accesses are those of jh-inmate's model of ZynqMP, four Cortex-A53, not a board's",
  expect.stringMatching(/^modelled: L1 32 KiB, shared L2 1024 KiB in 16 ways/),
  expect.stringMatching(/^not modelled: TLBs, /),
];

test("victim alone, with bombs, with MemGuard, with colours", { timeout: 300_000 }, async () => {
  const out = join(await folder(), "run.csv");
  const args = ["lab", "contention", "-o", out, "--size", "448K,2M", "--loads", "30000", "--budget", "5000,1000"];
  const { code, stdout, stderr } = await jhInmate(args);
  expect(stderr).toBe(
    `${[".csv", ".json", ".html"].map((end) => out.replace(".csv", end)).join(", ")}: open the last one in a browser\n`,
  );
  expect(code).toBe(0);
  expect(stdout.split("\n").slice(0, 3)).toEqual(MODEL);
  expect(stdout).toContain("working set 448 KiB, 30000 dependent loads\n");

  const lines = (await readFile(out, "utf8")).trimEnd().split("\n");
  expect(lines.slice(0, 3).map((line) => line.replace(/^# /, ""))).toEqual(MODEL);
  const rows = lines
    .slice(4)
    .map((line) => line.replaceAll(/"([^"]*)"/g, (_, text) => text.replaceAll(",", ";")).split(","));
  const column = (name: string) => lines[3]!.split(",").indexOf(name);
  const slowdowns = (size: number) =>
    Object.fromEntries(
      rows
        .filter((row) => Number(row[column("working_set_bytes")]) === size)
        .map((row) => [row[0], Number(row[column("slowdown")])]),
    );
  const [small, large] = [slowdowns(448 * KIB), slowdowns(2048 * KIB)];
  const labels = ["alone", "1 bomb", "2 bombs", "3 bombs", "3 bombs; MemGuard 5000/ms", "3 bombs; MemGuard 1000/ms"];
  labels.push("3 bombs; colours", "3 bombs; colours; MemGuard 1000/ms");
  for (const results of [small, large]) {
    expect(Object.keys(results)).toEqual(labels);
    // Each bomb more costs, MemGuard gives some of it back, a smaller budget more.
    const [alone, one, two, three, some, little] = labels.map((label) => results[label]!);
    expect(alone).toBe(1);
    expect(one).toBeLessThan(two!);
    expect(two).toBeLessThan(three!);
    expect(some).toBeLessThan(three!);
    expect(little).toBeLessThan(some!);
    expect(little).toBeLessThan(1.15);
  }
  // Who lives in the cache suffers most, and colours give it all back; who lives in memory has nothing of them.
  expect(small["3 bombs"]).toBeGreaterThan(5);
  expect(small["3 bombs; colours"]).toBeLessThan(1.05);
  expect(large["3 bombs"]).toBeGreaterThan(1.4);
  expect(large["3 bombs"]).toBeLessThan(4);
  expect(large["3 bombs; colours"]).toBeGreaterThan(0.9 * large["3 bombs"]!);

  const record = JSON.parse(await readFile(out.replace(".csv", ".json"), "utf8"));
  expect(record.source).toEqual({ kind: "model", name: "ZynqMP, four Cortex-A53", says: MODEL });
  expect(record.memory).toMatchObject({ cpuMHz: 1200, l2: { size: 1024 * KIB, ways: 16 } });
  expect(record.results).toHaveLength(rows.length);

  const page = await browser.newPage({ viewport: { width: 1300, height: 800 } });
  const errors: string[] = [];
  const requests: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("request", (request) => requests.push(request.url()));
  await page.addInitScript(() => {
    const texts: string[] = [];
    Object.assign(globalThis, { texts });
    const { fillText } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
      texts.push(text);
      fillText.call(this, text, ...(place as [number, number]));
    };
  });
  await page.goto(pathToFileURL(out.replace(".csv", ".html")).href);
  await page.waitForFunction(() => (globalThis as unknown as { texts: string[] }).texts.length > 0);
  expect(errors).toEqual([]);
  expect(requests).toHaveLength(1);
  expect(await page.locator("p").allTextContents()).toEqual(MODEL);
  const texts = await page.evaluate(() => (globalThis as unknown as { texts: string[] }).texts);
  const shown = small["3 bombs"]!;
  expect(texts).toEqual(
    expect.arrayContaining(["run time (× alone)", "alone", "5000/ms", "colours", shown.toFixed(shown < 10 ? 2 : 1)]),
  );
  expect(await page.locator(".u-legend .u-label").allTextContents()).toEqual([
    "configuration",
    "working set 448 KiB",
    "working set 2 MiB",
  ]);
});
