import { expect, test } from "vitest";
import * as arm64 from "./cases/arm64.ts";
import { all } from "./cases/index.ts";
import * as x86 from "./cases/x86.ts";
import { checkConfigurations, rules } from "./index.ts";

test.each(all.map((one) => [one.id, one.mistake, one] as const))("%s: %s", (id, _, { set, also = [], ...expected }) => {
  const findings = checkConfigurations(set.system, set.cells);
  expect(findings.map((finding) => finding.id).sort()).toEqual([id, ...also].sort());
  const found = findings.find((finding) => finding.id === id);
  const { files = ["demo.cell"], message, remedy } = expected;
  const rule = rules.find((one) => one.id === id);
  expect(found).toEqual({ id, severity: rule?.severity, files, message, consequence: rule?.consequence, remedy });
});

test("each rule has a case", () => {
  const ids = rules.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...new Set(all.map(({ id }) => id))].sort()).toEqual([...ids].sort());
});

test("a sound system with its cells has no findings", () => {
  const sound = [arm64.arm64({ other: arm64.other }), x86.x86({ other: x86.other }), arm64.arm64({ format: "rt" })];
  for (const { system, cells } of sound) {
    expect(checkConfigurations(system, cells)).toEqual([]);
    expect(checkConfigurations(system)).toEqual([]);
  }
});

test("a finding is of one line, in a sentence's form without its full stop", () => {
  for (const { set } of all) {
    for (const { message, consequence, remedy } of checkConfigurations(set.system, set.cells)) {
      for (const text of [message, consequence, remedy]) expect(text).toMatch(/^\S[^\n]*[^.\s]$/);
    }
  }
});

test("errors come first", () => {
  const { system, cells } = arm64.arm64({ cell: { cpus: [9], flags: [] } });
  expect(checkConfigurations(system, cells).map(({ id, severity }) => [severity, id])).toEqual([
    ["error", "cpu-not-in-system"],
    ["warning", "waits-for-ever"],
  ]);
});
