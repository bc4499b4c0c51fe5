import { startInmate } from "jh-inmate/test";
import { expect, test } from "vitest";

test("finds the sound card, resets it, and gets its interrupt", async () => {
  const cell = await startInmate(import.meta.dirname);
  await cell.line(/^Found 8086:[0-9a-f]{4}, registers at 0x[0-9a-f]+$/);
  await cell.line("Resetting the controller");
  const [, codecs] = /codecs ([0-9a-f]{4}) are awake/.exec(await cell.line("MSI:")) ?? [];
  expect(Number(`0x${codecs}`)).toBeGreaterThan(0);
});
