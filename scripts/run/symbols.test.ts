import { expect, test } from "vitest";
import { SymbolFilter, type Symbolize } from "./symbols.ts";

/** Two addresses are known: 0x1a2c is inlined into its caller, 0x2000 is not. */
const symbolize: Symbolize = (addresses) =>
  addresses.map(({ address, isReturn }) => {
    if (address === 0x1a2cn) return [frame("divide", isReturn), frame("average", isReturn)];
    return address === 0x2000n ? [frame("top level", isReturn)] : undefined;
  });

function frame(name: string, isReturn: boolean) {
  return { name, place: isReturn ? "main.ts:8:3" : "main.ts:12:9", inRuntime: false };
}

const REPORT = "panic: division by zero\r\n    at 0x1a2c\r\n    at 0x2000\r\n    at 0xdead\r\nx";
const NAMED =
  "panic: division by zero\r\n    at divide (main.ts:12:9)\r\n    at average (main.ts:12:9)\r\n    at top level (main.ts:8:3)\r\n    at 0xdead\r\nx";

/** What comes out when a text arrives in pieces of a size. */
function filtered(text: string, size: number): string {
  const filter = new SymbolFilter(symbolize);
  const bytes = Buffer.from(text);
  const out: Buffer[] = [];
  for (let i = 0; i < bytes.length; i += size) out.push(filter.push(bytes.subarray(i, i + size)));
  return Buffer.concat([...out, filter.end()]).toString();
}

test.for([1, 2, 3, 7, 11, 1000])("a report is rewritten when it arrives in pieces of %i bytes", (size) => {
  expect(filtered(REPORT, size)).toBe(NAMED);
});

test.for([1, 5, 1000])("what to look at follows the report, in pieces of %i bytes too", (size) => {
  const cause = "*** CPU 1: division by zero\r\n";
  const hint = "    hint: look at where the divisor comes from\r\n";
  const named = "    at top level (main.ts:12:9)\r\n";
  expect(filtered(`${cause}    at 0x2000\r\nx`, size)).toBe(`${cause}${named}${hint}x`);
  expect(filtered(`${cause}    at 0x2000\r\n`, size)).toBe(`${cause}${named}${hint}`);
  expect(filtered(`${cause}x`, size)).toBe(`${cause}x`);
});

test.for([
  "at 0x1a2c\n",
  "     at 0x1a2c\n",
  "x    at 0x1a2c\n",
  "    at 0x1a2c and more\n",
  "    at 0x\n",
  "    at 0x1A2C\n",
  "    at 0x1a2c",
  "    at home\n",
  "\n\n\r\n",
  "",
])("%j passes unchanged in pieces of any size", (text) => {
  for (const size of [1, 4, 100]) expect(filtered(text, size)).toBe(text);
});

test("bytes that are not text pass unchanged", () => {
  const filter = new SymbolFilter(symbolize);
  const bytes = Buffer.from([0, 255, 10, 32, 32, 254, 13, 10, 27]);
  expect(Buffer.concat([filter.push(bytes), filter.end()])).toEqual(bytes);
});

test("a partial line comes out at once unless it may become an address", () => {
  const filter = new SymbolFilter(symbolize);
  expect(filter.push(Buffer.from("ready> ")).toString()).toBe("ready> ");
  expect(filter.push(Buffer.from("\n    at")).toString()).toBe("\n");
  expect(filter.push(Buffer.from("tention")).toString()).toBe("    attention");
  expect(filter.push(Buffer.from("    at 0x1a2c\n")).toString()).toBe("    at 0x1a2c\n");
});

test("frames of the runtime are left out below those of the program", () => {
  const runtime = { name: "_start", place: "~runtime/arm64/start.S:10", inRuntime: true };
  const filter = new SymbolFilter((all) => all.map(({ address }) => (address === 1n ? [runtime] : [frame("f", true)])));
  const report = (...addresses: number[]) => addresses.map((address) => `    at 0x${address}\n`).join("");
  const [ours, theirs] = ["    at _start (~runtime/arm64/start.S:10)\n", "    at f (main.ts:8:3)\n"];
  expect(filter.push(Buffer.from(`${report(1, 2, 1)}two\n${report(1, 1)}`)).toString()).toBe(
    `${ours}${theirs}two\n${ours}${ours}`,
  );
});
