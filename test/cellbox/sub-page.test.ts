import { describe, expect, test } from "vitest";
import type { MemoryFlag } from "../../boards/index.ts";
import { board, cellOf, runJobs } from "./inmate.ts";

/** Numbers that inmates/sub-page.S takes. */
const accesses = [
  "ldrb",
  "ldrh",
  "ldrw",
  "ldrx",
  "strb",
  "strh",
  "strw",
  "strx",
  "ldrsb x",
  "ldrsb w",
  "ldr with write-back",
] as const;

/** RAM that no cell has otherwise, in a hole of the cell's addresses; 24 bytes from the middle of a page on. */
const REGION = { physical: 0x7a000010n, address: 0xa0000010n, size: 24n };
const ABSENT = 0x0b000000n;
/** The identification registers of the PL011: 0x11, 0x10. */
const UART_ID = { physical: 0x9000fe0n, address: 0xa0000fe0n, size: 8n };

interface Place {
  readonly region?: typeof REGION;
  /** In the region. */
  readonly offset?: bigint;
  /** Cells in the run: with two the UART is the monitor's. */
  readonly cells?: number;
}

/** What the access does: the value read, or the report. */
async function outcomeOf(access: (typeof accesses)[number], flags: readonly MemoryFlag[], place: Place = {}) {
  const { region = REGION, offset = 0n, cells = 1 } = place;
  const at = Number(region.address + offset);
  const parameter = [accesses.indexOf(access), 0, 0, 0, at & 255, (at >> 8) & 255, (at >> 16) & 255, at >>> 24];
  const memory = [...(board.cells[board.inmateCell!]?.memory ?? []), { ...region, flags }];
  const job = cellOf(0, "sub-page", { parameter, cell: { memory } });
  const others = Array.from({ length: cells - 1 }, (_, i) => cellOf(i + 1, "cpu-off"));
  const { consoles, outcome } = await runJobs([job, ...others], {}, (run, _line, cell) => cell === 0 && run.stop());
  return consoles[0]?.[0] ?? outcome.notes[0]?.replace("cell sub-page-0, CPU 1 parked: ", "");
}

const ALL = ["io8", "io16", "io32", "io64"] as const;
const done = "value 0000000000000000";
const refused = (access: string) => `${access}: this width, alignment or direction is not allowed there`;
const refusedWrite = (access: string) => `${access}: this width, alignment, direction or value is not allowed there`;

describe("a region that is not made of whole pages", () => {
  test.each([
    ["ldrb", ["read", "io8"], done],
    ["ldrh", ["read", "io16"], done],
    ["ldrw", ["read", "io32"], done],
    ["ldrx", ["read", "io64"], done],
    ["strb", ["write", "io8"], done],
    ["strh", ["write", "io16"], done],
    ["strw", ["write", "io32"], done],
    ["strx", ["write", "io64"], done],
    ["ldrb", ["read", "io16", "io32", "io64"], refused("read of 1 byte at 0xa0000010")],
    ["ldrh", ["read", "io8", "io32", "io64"], refused("read of 2 bytes at 0xa0000010")],
    ["ldrw", ["read", "io8", "io16", "io64"], refused("read of 4 bytes at 0xa0000010")],
    ["strx", ["write", "io8", "io16", "io32"], refusedWrite("write of 8 bytes at 0xa0000010")],
    ["ldrw", ["read", "write"], refused("read of 4 bytes at 0xa0000010")],
    ["strw", ["read", ...ALL], "write of 4 bytes at 0xa0000010, where the cell may only read"],
    ["ldrw", ["write", ...ALL], "read of 4 bytes at 0xa0000010, where the cell may only write"],
  ] as [(typeof accesses)[number], MemoryFlag[], string][])("%s with %j: %s", async (access, flags, result) => {
    expect(await outcomeOf(access, flags)).toBe(result);
  });

  test("wants natural alignment, unless its flags say otherwise", async () => {
    expect(await outcomeOf("ldrw", ["read", ...ALL], { offset: 2n })).toBe(refused("read of 4 bytes at 0xa0000012"));
    expect(await outcomeOf("ldrw", ["read", ...ALL, "io-unaligned"], { offset: 2n })).toBe(done);
  });

  test("ends where it ends", async () => {
    expect(await outcomeOf("ldrx", ["read", ...ALL], { offset: 16n })).toBe(done);
    const over = await outcomeOf("ldrx", ["read", ...ALL, "io-unaligned"], { offset: 20n });
    expect(over).toBe(refused("read of 8 bytes at 0xa0000024"));
    expect(await outcomeOf("ldrw", ["read", ...ALL], { offset: 24n })).toContain("which is outside the cell");
  });

  test("gives what the device gives, with the sign that the instruction wants", async () => {
    const flags = ["read", "io", ...ALL] as const;
    for (const cells of [1, 2]) {
      expect(await outcomeOf("ldrw", flags, { region: UART_ID, cells })).toBe("value 0000000000000011");
      expect(await outcomeOf("ldrb", flags, { region: UART_ID, offset: 4n, cells })).toBe("value 0000000000000010");
    }
    const flagRegister = { physical: 0x9000018n, address: 0xa0000018n, size: 8n };
    expect(await outcomeOf("ldrsb x", flags, { region: flagRegister })).toBe("value ffffffffffffff90");
    expect(await outcomeOf("ldrsb w", flags, { region: flagRegister })).toBe("value 00000000ffffff90");
  });

  test("is for plain loads and stores", async () => {
    expect(await outcomeOf("ldr with write-back", ["read", ...ALL])).toMatch(
      /^read at 0xa0000010 by an instruction that/,
    );
  });

  test("where no device answers, the cell fails and not the monitor", async () => {
    const region = { ...REGION, physical: ABSENT + 0x10n };
    const read = await outcomeOf("ldrw", ["read", "io", ...ALL], { region });
    expect(read).toBe("read of 4 bytes at 0xa0000010, where no device answers");
    const write = await outcomeOf("strw", ["write", "io", ...ALL], { region });
    expect(write).toBe("write of 4 bytes at 0xa0000010, where no device answers");
  });
});
