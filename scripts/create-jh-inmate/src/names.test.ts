import { describe, expect, test } from "vitest";
import { isPackageName, programName, toPackageName } from "./names.ts";

describe("names of packages", () => {
  test.each(["my-inmate", "@me/my-inmate", "a", "x.y_z~1", "7up"])("npm takes %s", (name) => {
    expect(isPackageName(name)).toBe(true);
    expect(toPackageName(name.replace("@me/", ""))).toBe(name.replace("@me/", ""));
  });

  test.each([
    ["My Inmate", "my-inmate"],
    ["_private", "private"],
    [".hidden", "hidden"],
    ["Grüße", "gru-e"],
    ["@me", "me"],
    ["проект", "my-inmate"],
    ["", "my-inmate"],
    ["x".repeat(300), "x".repeat(214)],
  ])("npm does not take %j, but %j", (name, near) => {
    expect(isPackageName(name)).toBe(false);
    expect(toPackageName(name)).toBe(near);
    expect(isPackageName(near)).toBe(true);
  });
});

test.each([
  ["my-inmate", "my-inmate", "my-inmate-peer"],
  ["@me/my-inmate", "my-inmate", "my-inmate-peer"],
  ["~", "my-inmate", "my-inmate-peer"],
  ["a~b", "a-b", "a-b-peer"],
  ["a-name-that-is-longer-than-a-cell-s", "a-name-that-is-longer-than-a-ce", "a-name-that-is-longer-than-peer"],
])("%s: the program is %s, the peer's %s", (name, program, peer) => {
  expect(programName(name)).toBe(program);
  expect(programName(name, "-peer")).toBe(peer);
  expect(peer.length).toBeLessThan(32);
});
