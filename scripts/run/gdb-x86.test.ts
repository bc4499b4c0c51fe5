import { Duplex } from "node:stream";
import { expect, test } from "vitest";
import { PacketReader, packet } from "./gdb-packets.ts";
import { cellStub } from "./gdb-x86.ts";

const CELL_CR3 = 0x3000n;
const MONITOR_CR3 = 0x210000n;
const TABLES = 0x500000n;

/** A stub whose CPU has `cr3`, with four-level paging, or none for 0, and which gives these stops, one after the other. */
class FakeStub extends Duplex {
  readonly asked: string[] = [];
  cr3 = CELL_CR3;
  registers: string | undefined;
  stops: { stop: string; cr3: bigint }[] = [];
  /** By the packet that reads it. */
  memory: Record<string, string> = {};
  readonly #reader = new PacketReader();

  override _read(): void {}

  override _write(bytes: Buffer, _: string, done: () => void): void {
    for (const event of this.#reader.push(bytes)) {
      if (event.kind !== "packet") continue;
      this.asked.push(event.payload);
      this.push(packet(this.#answer(event.payload)));
    }
    done();
  }

  #answer(request: string): string {
    if (request === "g") return this.registers ?? this.#registers();
    if (request.startsWith("Q")) return "OK";
    if (request.startsWith("m")) return this.memory[request] ?? "0".repeat(16);
    const next = this.stops.shift();
    if (next) this.cr3 = next.cr3;
    return next?.stop ?? "";
  }

  #registers(): string {
    const bytes = Buffer.alloc(608);
    if (this.cr3 !== 0n) bytes.writeBigUInt64LE(0x80000011n, 188);
    bytes.writeBigUInt64LE(this.cr3, 204);
    bytes.writeBigUInt64LE(0x20n, 212);
    bytes.writeBigUInt64LE(0x1500n, 228);
    return bytes.toString("hex");
  }
}

function talk(stub: FakeStub, { tables = TABLES, is32 = false }: { tables?: bigint | null; is32?: boolean } = {}) {
  const proxy = cellStub(stub, { tables: () => tables ?? undefined, is32 });
  const reader = new PacketReader();
  return (request: string): Promise<string> =>
    new Promise((resolve) => {
      proxy.on("data", (bytes: Buffer) => {
        for (const event of reader.push(bytes)) if (event.kind === "packet") resolve(event.payload);
      });
      proxy.write(packet(request));
    });
}

/** A present entry of a table, as memory has it. */
function entry(address: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(address | 1));
  return bytes.toString("hex");
}

/** Nested: cell addresses 0 to 0xfff lie at 0x64000000. */
const NESTED = {
  "m500000,8": entry(0x501000),
  "m501000,8": entry(0x502000),
  "m502000,8": entry(0x503000),
  "m503000,8": entry(0x64000000),
  "m64000010,4": "cafebabe",
};

test("memory is read through the cell's place in the machine, and only then by physical addresses", async () => {
  const stub = new FakeStub();
  stub.cr3 = 0n;
  stub.memory = NESTED;
  expect(await talk(stub)("m10,4")).toBe("cafebabe");
  expect(stub.asked[0]).toBe("Qqemu.PhyMemMode:1");
  expect(stub.asked.at(-1)).toBe("Qqemu.PhyMemMode:0");
});

test("what the cell does not have is an error, what it has in part is read in part", async () => {
  const stub = new FakeStub();
  stub.cr3 = 0n;
  stub.memory = { ...NESTED, "m64000ffc,4": "01020304" };
  expect(await talk(stub)("mffc,8")).toBe("01020304");
  expect(await talk(stub)("m5000,8")).toBe("E0e");
  expect(await talk(stub)("M5000,1:ff")).toBe("E0e");
  expect(await talk(stub, { tables: null })("m10,4")).toBe("E0e");
});

test("a watched address is the cell's: the monitor's accesses there do not stop", async () => {
  const stub = new FakeStub();
  const watch = "T05thread:p01.01;watch:0000000000401000;";
  stub.stops = [
    { stop: watch, cr3: MONITOR_CR3 },
    { stop: watch, cr3: MONITOR_CR3 },
    { stop: "T05thread:p01.02;watch:0000000000401000;", cr3: CELL_CR3 },
  ];
  expect(await talk(stub)("vCont;c")).toBe("T05thread:p01.02;watch:0000000000401000;");
  expect(stub.asked.filter((request) => request === "vCont;c")).toHaveLength(3);
});

test("any other stop in the monitor is gdb's to know", async () => {
  const stub = new FakeStub();
  stub.stops = [{ stop: "T02thread:p01.02;", cr3: MONITOR_CR3 }];
  expect(await talk(stub)("vCont;c")).toBe("T02thread:p01.02;");
});

test("32 bits: gdb gets the registers of an i386, and sets them so", async () => {
  const stub = new FakeStub();
  const ask = talk(stub, { is32: true });
  const xml = await ask("qXfer:features:read:target.xml:0,ffb");
  expect(xml).toContain("<architecture>i386</architecture>");
  // 16 of 4 bytes, 8 of 10, 8 of 4, 8 of 16, and MXCSR.
  expect(await ask("g")).toHaveLength(2 * (64 + 80 + 32 + 128 + 4));
  await ask("P1=78563412");
  expect(stub.asked.at(-1)).toBe("P2=7856341200000000");
  await ask("P9=02000000");
  expect(stub.asked.at(-1)).toBe("P11=02000000");
});

test("a stub of another form ends in an error of gdb's, not of ours", async () => {
  const stub = new FakeStub();
  stub.memory = NESTED;
  stub.stops = [{ stop: "T05thread:p01.02;", cr3: CELL_CR3 }];
  stub.registers = "00ff";
  expect(await talk(stub)("vCont;c")).toBe("E.QEMU's debugger tells registers in a form that is not known here");
});
