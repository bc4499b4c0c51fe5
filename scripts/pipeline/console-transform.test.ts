import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../root.ts";
import { compileAssemblyScript } from "./asc.ts";

const textOf = (path: string) => (existsSync(path) ? readFileSync(path, "utf8") : null);

const compile = (main: string) =>
  compileAssemblyScript({
    entry: "main.ts",
    readFile: (path) => (path === "main.ts" ? main : null),
    readSdk: (path) => textOf(join(packageRoot, "sdk", path)),
    machine: "arm64",
    runtime: "stub",
  });

const contains = (wasm: Uint8Array, text: string, encoding: BufferEncoding) =>
  Buffer.from(wasm).includes(Buffer.from(text, encoding));

test("literals are bytes once, no strings, in templates, sums, panics and names of arguments", async () => {
  const { wasm } = await compile(`
    import { args, console, panic } from "jh-inmate";
    console.log(\`template \${args.int("number")}\`);
    console.write("sum" + " of" + (" three"));
    if (args.has("never")) panic("no way");`);
  for (const text of ["template ", "sum of three", "no way", "number", "never"]) {
    expect(contains(wasm, text, "utf8"), text).toBe(true);
    expect(contains(wasm, text, "utf16le"), text).toBe(false);
  }
});

test("a program may call its variables as the library calls what printing needs", async () => {
  const names = ["memory", "data", "print", "turns", "bytes", "v0"];
  const { wasm } = await compile(`
    import { args, console, panic } from "jh-inmate";
    ${names.map((name) => `let ${name}: i32 = 1;`).join("\n")}
    function say(memory: i32): void {
      console.log("said");
      console.log(\`told \${memory + v0} times\`);
      if (args.has("wanted")) panic("over");
    }
    say(${names.join(" + ")});`);
  for (const text of ["said", "told ", "wanted", "over"]) expect(contains(wasm, text, "utf8"), text).toBe(true);
});

test("an error in a template is reported where it stands", async () => {
  const main = `import { console } from "jh-inmate";

console.log(\`a
  \${nothing}\`);`;
  await expect(compile(main)).rejects.toThrow("main.ts:4:5: Cannot find name 'nothing'.");
});

test("a value that has no spelling is an error at the call", async () => {
  const main = `import { console } from "jh-inmate";
class Bare {}
console.log(\`\${new Bare()}\`);`;
  await expect(compile(main)).rejects.toThrow(/toString/);
});

test("the calls stand at their lines in the source map", async () => {
  const { map } = await compile(`import { console, timer } from "jh-inmate";

console.log(\`\${timer.now()}\`);
console.log("x");
`);
  expect(map.sources).toContain("main.ts");
  const lines = new Set<number>();
  for (const { source, line } of decode(map.mappings)) if (map.sources[source] === "main.ts") lines.add(line);
  expect([...lines].sort()).toEqual([3, 4]);
});

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Source index and line (from 1) of each segment (Source Map specification, "mappings"). */
function decode(mappings: string): { source: number; line: number }[] {
  let [source, line] = [0, 0];
  return mappings
    .split(/[,;]/)
    .filter(Boolean)
    .map((segment) => {
      const fields: number[] = [];
      let [value, shift] = [0, 0];
      for (const digit of segment) {
        const bits = DIGITS.indexOf(digit);
        value |= (bits & 31) << shift;
        shift += 5;
        if (bits & 32) continue;
        fields.push(value & 1 ? -(value >> 1) : value >> 1);
        [value, shift] = [0, 0];
      }
      source += fields[1] ?? 0;
      line += fields[2] ?? 0;
      return { source, line: line + 1 };
    });
}
