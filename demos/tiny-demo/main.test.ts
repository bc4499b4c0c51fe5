import { startInmate } from "jh-inmate/test";
import { describe, expect, test } from "vitest";
import { jhInmate } from "../../test/cli/cli.ts";

test("greets, then counts seconds by the PM timer, in 11 columns", async () => {
  const { code, stdout } = await jhInmate(["run", "demos/tiny-demo", "--seconds", "4.5"]);
  const [greeting, ...lines] = stdout.replaceAll("\r", "").trimEnd().split("\n");
  expect(greeting).toBe("Hello from this tiny cell!");
  expect(lines.length).toBeGreaterThanOrEqual(3);
  for (const line of lines) expect(line).toMatch(/^PM Timer: [ \d]{10}\d$/);
  const times = lines.map((line) => Number(line.slice("PM Timer: ".length)));
  for (const [i, time] of times.entries()) {
    // From the first on: a late line does not delay the others.
    const due = (times[0] as number) + i * 1e9;
    expect(Math.abs(time - due)).toBeLessThan(50e6);
  }
  expect(code).toBe(0);
});

describe("on either target", () => {
  test("greets, then counts seconds by the PM timer, until it is shut down", async () => {
    const cell = await startInmate(import.meta.dirname);
    expect(await cell.lines(1)).toEqual(["Hello from this tiny cell!"]);
    const times = (await cell.lines(3)).map((line) => Number(/^PM Timer: ([ \d]{10}\d)$/.exec(line)?.[1]));
    // How late a line is depends on the target, but none is early.
    for (const [i, time] of times.entries()) expect(time).toBeGreaterThanOrEqual((i + 1) * 1e9);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(await cell.shutdown()).toBe("accepted");
    expect(cell.state).toBe("shut down");
  });
});
