import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FakeCell, Halt } from "../test/fake-cell/cell.ts";
import { compile } from "../test/fake-cell/compile.ts";

const IMPORTS = `import { console, qos } from "jh-inmate";`;

interface Setting {
  readonly device: string;
  readonly parameter: string;
  readonly value: number;
}

/** A cell whose hypervisor notes the settings of hypercall 11, and answers `result`. */
async function settingsOf(main: string, result = 0n) {
  const cell = new FakeCell();
  const calls: Setting[][] = [];
  Object.assign(cell.more, {
    physical: (pointer: number) => 0x100000000n + BigInt(pointer),
    hypercall: (code: bigint, count: bigint, at: bigint) => {
      expect(code).toBe(11n);
      const text = (from: number, most: number) => {
        const bytes = new Uint8Array(cell.memory.buffer, from, most);
        return Buffer.from(bytes.subarray(0, bytes.indexOf(0))).toString();
      };
      const settings = Array.from({ length: Number(count) }, (_, i) => {
        const from = Number(at - 0x100000000n) + 36 * i;
        return {
          device: text(from, 15),
          parameter: text(from + 15, 16),
          value: cell.memory.getUint32(from + 32, true),
        };
      });
      calls.push(settings);
      return result;
    },
  });
  const why = cell.run(await compile(`${IMPORTS}\n${main}`));
  return { why, calls, uart: cell.uart };
}

test("settings are handed over together", async () => {
  const { why, calls, uart } = await settingsOf(
    `qos.zynqmp(qos.Zynqmp.GPU, qos.Parameter.AR_P, 0x80);
     qos.zynqmp(qos.Zynqmp.ISSIB6, qos.Parameter.AR_MAX_QOS, 15);
     console.log(\`\${qos.apply()}\`);
     qos.s32v234(qos.S32v234.CORES, qos.Parameter.AW_B, 0xffff);
     console.log(\`\${qos.apply() == qos.NO_DEVICE}\`);
     qos.disable();`,
    -19n,
  );
  expect(why).toBeInstanceOf(Halt);
  expect(calls).toEqual([
    [
      { device: "gpu", parameter: "ar_p", value: 0x80 },
      { device: "issib6", parameter: "ar_max_qos", value: 15 },
    ],
    [{ device: "cores", parameter: "aw_b", value: 0xffff }],
    [{ device: "disable", parameter: "", value: 0 }],
  ]);
  expect(uart).toBe("-19\r\ntrue\r\n");
});

/** Names of an enum's members, and those of the list behind it, as the source has them. */
function names(enumName: string, list: string): { members: string[]; words: string[] } {
  const source = readFileSync(new URL("qos/names.ts", import.meta.url), "utf8");
  const members = new RegExp(`enum ${enumName} \\{([^}]*)\\}`).exec(source)?.[1] ?? "";
  const text = new RegExp(`${list}\\(\\): usize \\{([^}]*)\\}`).exec(source)?.[1] ?? "";
  return {
    members: [...members.matchAll(/^\s+([A-Z0-9_]+),$/gm)].map(([, name]) => (name as string).toLowerCase()),
    words: [...text.matchAll(/"([^"]*)"/g)].flatMap(([, words]) => (words as string).trim().split(" ")),
  };
}

test.each([
  ["Zynqmp", "zynqmpNames", 18],
  ["S32v234", "s32v234Names", 12],
  ["Parameter", "parameterNames", 22],
])("%s: members and names agree", (enumName, list, count) => {
  const { members, words } = names(enumName, list);
  expect(words).toEqual(members);
  expect(words).toHaveLength(count);
});

test.each([
  ["qos.zynqmp(qos.Zynqmp.DP, qos.Parameter.AR_KI, 8);", "qos: the parameter has 3 bits, 8 does not fit"],
  [
    "for (let i = 0; i < 33; i++) qos.s32v234(qos.S32v234.PCI, qos.Parameter.READ_QOS, 1);",
    "qos: 32 settings are added: apply them first",
  ],
])("%s", async (line, message) => {
  const { why, uart } = await settingsOf(line);
  expect(why).toMatchObject({ kind: 20 });
  expect(uart.split("\r\n")[0]).toBe(`*** ${message}`);
});
