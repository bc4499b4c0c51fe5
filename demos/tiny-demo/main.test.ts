import { expect, test } from "vitest";
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
