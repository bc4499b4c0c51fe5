import { describe, expect, test } from "vitest";
import { Allowances } from "../../scripts/checks/allow.ts";
import { type CodeFunction, stackDepths } from "../../scripts/checks/stack.ts";
import { checkStacks } from "../../scripts/checks/stack-limits.ts";
import { isUserError } from "../../scripts/errors.ts";

/** "main 32 > helper, ?other": name, frame, callees; with ? those of a reference that may be any. */
function code(...lines: string[]): CodeFunction[] {
  return lines.map((line, i) => {
    const [, name = "", frame, callees = ""] = /^(\S+) (\d+)(?: > (.*))?$/.exec(line) ?? [];
    const position = { file: "main.ts", line: i + 1, column: 1 };
    const calls = callees
      .split(", ")
      .filter((callee) => callee !== "")
      .map((callee) => ({
        to: [callee.replace("?", "")],
        certain: !callee.startsWith("?"),
        frames: [{ name: name.replace("w2c_app_", ""), position }],
      }));
    return { name, frame: Number(frame), position, calls, isOurs: name.startsWith("sdk") };
  });
}
const depth = (functions: CodeFunction[], name: string) => stackDepths(functions, () => true)(name);

describe("the depth of the stack", () => {
  test("is that of the deepest chain", () => {
    const functions = code("a 16 > b, c", "b 100", "c 32 > d", "d 64");
    expect(depth(functions, "a").bytes).toBe(116);
    expect(depth(functions, "c").bytes).toBe(96);
    expect(depth(functions, "a").chain.map(({ fn }) => fn.name)).toEqual(["a", "b"]);
  });
  test("has no bound with recursion, nor has what calls that", () => {
    const functions = code("a 16 > b", "b 32 > c", "c 32 > b, d", "d 64");
    expect(depth(functions, "a").bytes).toBeUndefined();
    expect(depth(functions, "d").bytes).toBe(64);
  });
  test("goes round a circle of the SDK once", () => {
    const functions = code(
      "a 16 > sdk.byte",
      "sdk.byte 64 > sdk.start, sdk.send",
      "sdk.start 48 > sdk.byte",
      "sdk.send 32",
    );
    expect(depth(functions, "a").bytes).toBe(16 + 2 * (64 + 48) + 32);
  });
  test("takes no guess for recursion", () => {
    const functions = code("a 16 > ?a, ?b, c", "b 100", "c 8");
    expect(depth(functions, "a").bytes).toBe(116);
  });
});

describe("a stack that is too small", () => {
  const sizes = { main: 4096, handlers: 4096, cpus: 4096, report: 2048, largestMain: 86016 };
  const check = (functions: CodeFunction[], text = "") => {
    const map = { sources: ["main.ts"], sourcesContent: [text], mappings: "" };
    const roots = [
      { kind: "vector", name: "dispatch", at: undefined },
      { kind: "cpu", name: "work", at: undefined },
    ] as const;
    return checkStacks("demo", functions, roots, new Allowances(map), sizes, {
      interrupt: 176,
      fault: 288,
      interrupted: 0,
    });
  };
  const refusal = (functions: CodeFunction[], text?: string) => {
    try {
      check(functions, text);
      return [];
    } catch (error) {
      if (isUserError(error)) return [error.message, ...(error.detail ?? "").split("\n")];
      throw error;
    }
  };

  test("of the main program", () => {
    expect(
      refusal(code("runtime_main 16 > w2c_app_big", "w2c_app_big 5000 > w2c_app_leaf", "w2c_app_leaf 200")),
    ).toEqual([
      'demo: needs 5,216 bytes of main stack, but has 4,096 bytes: write stack: "8K" in jh-inmate.config.ts',
      "    at leaf (main.ts:3:1)  200 bytes",
      "    at big (main.ts:2:1)  5,000 bytes",
      "    at runtime_main (main.ts:1:1)  16 bytes",
    ]);
    expect(refusal(code("runtime_main 90000"))[0]).toBe(
      "demo: needs 90,000 bytes of main stack, but has 4,096 bytes: more than 84K cannot be given: call less deeply",
    );
  });
  test("of the handlers, with what the vector pushes", () => {
    expect(refusal(code("w2c_app_dispatch 3921"))[0]).toBe(
      "demo: needs 4,097 bytes of stack for interrupt handlers, but has 4,096 bytes: let the handler set a flag, and the main program do the work",
    );
    expect(check(code("w2c_app_dispatch 3920", "report_fault 100"))).toMatchObject({
      handlers: { depth: 4096, size: 4096 },
      report: { depth: 388, size: 2048 },
    });
  });
  test("of a further CPU", () => {
    expect(refusal(code("further_cpu_main 32", "w2c_app_work 4065"))[0]).toBe(
      "demo: needs 4,097 bytes of stack on a further CPU, but has 4,096 bytes: call less deeply in what smp.start is given",
    );
  });
  test("unless the program says that it never gets there", () => {
    const functions = code("runtime_main 16 > w2c_app_big", "w2c_app_big 5000");
    expect(refusal(functions, "\n\n// jh-allow stack: only without a board\n")).toHaveLength(3);
    expect(refusal(functions, "main(); // jh-allow stack: only without a board\n")).toEqual([]);
  });
});
