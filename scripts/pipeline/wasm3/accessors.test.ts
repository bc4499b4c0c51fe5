import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { readProgram } from "../../checks/program.ts";
import { packageRoot } from "../../root.ts";
import { compileAssemblyScript } from "../asc.ts";
import { forEachInstruction, parseModule } from "../wasm/module.ts";
import { type Inlined, inlineAccessors } from "./accessors.ts";

const PROGRAM = `class Point {
  x: i32;
  y: f64;
  next: Point | null = null;
  get sum(): f64 {
    return this.y + <f64>this.x;
  }
}
const bytes = new StaticArray<u8>(16);
const words = new Array<i64>(16);
const points = new StaticArray<Point>(4);
const typed = new Float32Array(8);

export function run(seed: i32): f64 {
  for (let i = 0; i < 16; i++) unchecked((bytes[i] = <u8>(seed * i)));
  for (let i = 0; i < words.length; i++) unchecked((words[i] = unchecked(bytes[i]) + <i64>seed));
  for (let i = 0; i < 8; i++) unchecked((typed[i] = <f32>unchecked(words[i]) / 3));
  let total: f64 = 0;
  for (let i = 0; i < 4; i++) {
    const point = new Point();
    point.x = <i32>unchecked(words[i]);
    point.y = unchecked(typed[i]);
    point.next = i > 0 ? unchecked(points[i - 1]) : null;
    unchecked((points[i] = point));
  }
  for (let point: Point | null = unchecked(points[3]); point; point = point.next) total += point.sum * <f64>words[1];
  return total;
}
export function peek(point: Point): i32 {
  return point.x;
}
`;
const ABORT = `export function abort(_message: string, _file: string, _line: u32, _column: u32): void {
  unreachable();
}
`;

const compiled = (source: string): Promise<Inlined> =>
  compileAssemblyScript({
    ...{ entry: "main.ts", machine: "arm64", runtime: "stub", alone: true },
    readFile: (path) => (path === "main.ts" ? source + ABORT : null),
    readSdk: (path) => readFileSync(join(packageRoot, "sdk", path), "utf8"),
  });

let before: Inlined;
let after: Inlined;

beforeAll(async () => {
  before = await compiled(PROGRAM);
  after = inlineAccessors(before.wasm, before.map, "main.ts");
});

/** What each function calls, by name. */
function calls({ wasm, map }: Inlined): Map<string, string[]> {
  const module = parseModule(wasm, "main.ts");
  const { functions } = readProgram(module, map);
  const all = new Map<string, string[]>();
  for (const { name, body } of functions) {
    const called: string[] = [];
    if (body)
      forEachInstruction(module, body, (opcode, _, r) => {
        if (opcode === 0x10) called.push(functions[r.u32()]?.name ?? "");
      });
    all.set(name, called);
  }
  return all;
}

function start({ wasm }: Inlined) {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm as BufferSource));
  const { run, memory } = exports as { run: (seed: number) => number; memory: WebAssembly.Memory };
  return { run, memory };
}

test("the program computes what it did, and leaves the same in its memory", () => {
  const [one, two] = [start(before), start(after)];
  for (const seed of [1, 7, -3]) expect(two.run(seed)).toBe(one.run(seed));
  expect(one.run(5)).not.toBe(one.run(6));
  two.run(5);
  two.run(6);
  expect(Buffer.from(two.memory.buffer).equals(Buffer.from(one.memory.buffer))).toBe(true);
});

test("fields, lengths and unchecked elements are not called; what checks, calls on or was written by the user is", () => {
  const named = (name: string) => calls(after).get(name);
  expect(calls(before).get("main/run")).toContain("~lib/staticarray/StaticArray<u8>#__uset");
  expect([...new Set(named("main/run"))].sort()).toEqual([
    "main/Point#constructor",
    "main/Point#get:sum",
    "main/Point#set:next",
    "~lib/array/Array<i64>#__get",
    "~lib/array/Array<i64>#__set",
    "~lib/staticarray/StaticArray<main/Point>#__uset",
  ]);
  expect(named("main/Point#get:sum")).toEqual([]);
  expect(named("~lib/array/Array<i64>#__get")).toEqual(["main/abort"]);
});

/** Places of the instructions with that opcode: a position holds until the next one. */
function places({ wasm, map }: Inlined, of: string, wanted: number): string[] {
  const module = parseModule(wasm, "main.ts");
  const { functions, positions } = readProgram(module, map);
  const body = functions.find(({ name }) => name === of)?.body ?? expect.unreachable();
  const found: string[] = [];
  let place = "";
  forEachInstruction(module, body, (opcode, offset) => {
    const position = positions.get(offset);
    if (position) place = `${position.file}:${position.line}:${position.column}`;
    if (opcode === wanted) found.push(place);
  });
  return found;
}
const [I32_LOAD, F64_ADD, I64_STORE] = [0x28, 0xa0, 0x37];

test("an access has the position of the call that it was", () => {
  expect(places(after, "main/peek", I32_LOAD)).toEqual(["main.ts:30:10"]);
  expect(places(before, "main/peek", I32_LOAD)).toEqual([]);
});

test("the library's code that comes in keeps its position, and the map tells of the call", () => {
  const { functions, positions } = readProgram(parseModule(after.wasm, "main.ts"), after.map);
  const run = functions.find(({ name }) => name === "main/run")?.body ?? expect.unreachable();
  const [offset = 0, , call] =
    after.map.inlined?.find(([at, name]) => at > run.start && name === "~lib/staticarray/StaticArray<u8>#__uset") ?? [];
  expect(offset).toBeLessThan(run.end);
  expect(positions.get(offset)?.file).toBe("~lib/staticarray.ts");
  expect(call).toMatchObject({ file: "main.ts", line: 15 });
});

test("instructions that were there keep their positions", () => {
  for (const module of [before, after]) {
    expect(places(module, "main/Point#get:sum", F64_ADD)).toEqual(["main.ts:6:12"]);
    expect(places(module, "~lib/array/Array<i64>#__set", I64_STORE)).toEqual(["~lib/array.ts:134:5"]);
  }
});

test("registers and windows of the SDK are their intrinsics", async () => {
  const made = await compiled(`import { Registers, Window } from "jh-inmate";
export function copy(from: Window, to: Registers): void {
  to.write32(4, from.load32(8));
}
`);
  expect(calls(made).get("main/copy")).toEqual([
    "~lib/jh-inmate/ram/Window#load32",
    "~lib/jh-inmate/mmio/Registers#write32",
  ]);
  const copy = calls(inlineAccessors(made.wasm, made.map, "main.ts")).get("main/copy");
  expect(copy).toEqual(["jh.load32", "jh.aligned", "jh.write32"]);
});
