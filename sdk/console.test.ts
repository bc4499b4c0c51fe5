import { beforeAll, describe, expect, test } from "vitest";
import { FakeCell, Halt } from "../test/fake-cell/cell.ts";
import { compile } from "../test/fake-cell/compile.ts";

/** Runs the program; returns what its console printed, with plain line ends. */
async function output(main: string, options = {}): Promise<string> {
  const cell = new FakeCell(options);
  expect(cell.run(await compile(main))).toBeInstanceOf(Halt);
  return Buffer.from(cell.uart, "latin1").toString().replaceAll("\r\n", "\n");
}

describe("templates", () => {
  test("values of every kind", async () => {
    expect(
      await output(`
        import { console, dec, hex } from "jh-inmate";
        class Point { constructor(public x: i32) {} toString(): string { return "P" + this.x.toString(); } }
        const name = "käse", none: string | null = null, emoji = "🧀", b: u8 = 200, s: i8 = -128;
        console.log(\`\${name} \${none} \${emoji} \${b} \${s} \${true} \${1 > 2} \${null} \${new Point(3)} \${name.length}\`);
        console.log(\`\${i64.MIN_VALUE} \${u64.MAX_VALUE} \${i32.MIN_VALUE} \${u32.MAX_VALUE} \${0}\`);
        console.log(\`\${0.1} \${1.5e300} \${-0.000001} \${1e21} \${f32.MAX_VALUE} \${<f32>0.1} \${NaN} \${-Infinity} \${1.0}\`);
        console.log(\`[\${dec(-7, 6)}] [\${dec(1234567, 3)}] [\${dec(2.5, 6)}] [\${hex(255)}] [\${hex(-1)}] [\${hex(<u8>171, 4)}]\`);
        console.log("a " + name + " " + 5 + \`\${6}\`);
        console.write("no line end");
        console.write("");
        console.log(name);
        console.log(dec(12, 5) + hex(48879, 6));
      `),
    ).toBe(
      [
        "käse null 🧀 200 -128 true false null P3 4",
        "-9223372036854775808 18446744073709551615 -2147483648 4294967295 0",
        "0.1 1.5e+300 -0.000001 1e+21 3.4028235e+38 0.1 NaN -Infinity 1.0",
        "[    -7] [1234567] [   2.5] [ff] [ffffffff] [00ab]",
        "a käse 56",
        "no line endkäse",
        "   1200beef",
        "",
      ].join("\n"),
    );
  });

  test("all values are evaluated before the first is printed, from left to right", async () => {
    expect(
      await output(`
        import { console } from "jh-inmate";
        let n = 0;
        function next(): i32 { console.write("<" + n.toString() + ">"); return ++n; }
        console.log(\`\${n} \${next()} \${next()} \${n}\`);
      `),
    ).toBe("<0><1>0 1 2 2\n");
  });
});

describe("names", () => {
  test.each([
    ["renamed", `import { console as c, hex as h } from "jh-inmate"; c.log(\`\${h(10)}\`);`],
    ["a namespace", `import * as jh from "jh-inmate"; jh.console.log(\`\${jh.hex(10)}\`);`],
    [
      "in an expression",
      `import { console, hex } from "jh-inmate"; const f = (): void => console.log(\`\${hex(10)}\`); f();`,
    ],
  ])("%s", async (_, main) => {
    expect(await output(main)).toBe("a\n");
  });

  test("a local name that hides the console is left alone", async () => {
    const main = `
      import { console } from "jh-inmate";
      class Log { log(text: string): void { console.log(text.length.toString()); } }
      function f(console: Log): void { console.log(\`abc\${1}\`); }
      f(new Log());
    `;
    expect(await output(main)).toBe("4\n");
  });
});

describe("where it goes", () => {
  let hello: WebAssembly.Module;
  beforeAll(async () => {
    hello = await compile(`import { console } from "jh-inmate"; console.log("hi");`);
  });
  const run = (options: ConstructorParameters<typeof FakeCell>[0]) => {
    const cell = new FakeCell(options);
    expect(cell.run(hello)).toBeInstanceOf(Halt);
    return cell;
  };

  test("CR LF on the wire", () => expect(run({}).uart).toBe("hi\r\n"));
  test("a UART of another type is none", () => expect(run({ consoleType: 8 })).toMatchObject({ uart: "", putc: "" }));
  test("a divider sets the PL011 up", () => {
    expect(run({ divider: 0x1a }).writes).toEqual(["uart+30=0", "uart+24=1a", "uart+2c=60", "uart+30=3101"]);
  });
  test("the command line goes before the comm region", () => {
    expect(run({ consoleType: 0, commandLine: "con-type=PL011 con-base=0x9000000 con-divider=0x10" }).writes[1]).toBe(
      "uart+24=10",
    );
    expect(run({ commandLine: "con-type=none" }).uart).toBe("");
    expect(run({ commandLine: "con-type=PL01" }).uart).toBe("");
    expect(run({ commandLine: "con-typo=none" }).uart).toBe("hi\r\n");
  });
  test("malformed values are reported when the console is up", () => {
    expect(run({ commandLine: "con-divider=3x con-base" }).uart.split("\r\n")).toEqual([
      '*** argument "con-divider=3x" is not understood: its default is used',
      '*** argument "con-base" is not understood: its default is used',
      "hi",
      "",
    ]);
  });
  test("the hypervisor's putc, with permission", () => {
    expect(run({ flags: 3 })).toMatchObject({ uart: "hi\r\n", putc: "hi\r\n" });
    expect(run({ flags: 1 })).toMatchObject({ putc: "" });
    expect(run({ flags: 1, commandLine: "con-virtual" })).toMatchObject({ putc: "hi\r\n" });
    expect(run({ flags: 0, commandLine: "con-virtual" })).toMatchObject({ putc: "" });
    expect(run({ flags: 3, commandLine: "con-virtual=0" })).toMatchObject({ putc: "" });
  });
  test("a clock gate is opened", () => {
    const options = { commandLine: "con-clock-reg=0x7000 con-gate-nr=5" };
    expect(run(options).writes).toEqual(["7000=20"]);
  });
  test("a UART that never gets ready does not hold the program up", () => {
    const cell = run({ stuck: true });
    expect(cell.uart).toBe("");
    expect(Number(cell.counter)).toBeLessThan(2 * cell.hz);
  });
});
