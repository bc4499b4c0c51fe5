import { expect, test } from "vitest";
import { board, boardWithGicv2, runInmate, values } from "./inmate.ts";

const errors = { EPERM: -1n, EINVAL: -22n, ENOSYS: -38n };
const psci = { notSupported: -1n, denied: -3n, alreadyOn: -4n };

test("hypercalls and PSCI answer as real Jailhouse does", async () => {
  const result = await runInmate("hypercalls");
  const signed = Object.fromEntries(
    Object.entries(values(result)).map(([name, value]) => [name, BigInt.asIntN(64, value)]),
  );
  expect(signed).toMatchObject({
    "hypercall-0": errors.EPERM,
    "hypercall-1": errors.EPERM,
    "hypercall-2": errors.EPERM,
    "hypercall-3": errors.EPERM,
    "hypercall-4": errors.EPERM,
    "hypercall-6": errors.EPERM,
    "hypercall-9": errors.ENOSYS,
    "hypercall-99": errors.ENOSYS,
    putc: errors.EPERM,
    cells: 2n,
    "unknown-info": errors.EINVAL,
    "own-state": 0n,
    "foreign-state": errors.EPERM,
    "no-such-cpu": errors.EINVAL,
    version: 0x10001n,
    "smccc-version": 0x10001n,
    "features-cpu-on": 0n,
    "features-system-off": psci.notSupported,
    "affinity-own": 0n,
    "affinity-foreign": psci.denied,
    "cpu-on-own": psci.alreadyOn,
    "cpu-on-foreign": psci.denied,
    "system-off": psci.notSupported,
  });
  expect(signed["own-hypercalls"]).toBeGreaterThan(8n);
});

test("putc prints when the cell has the permission", async () => {
  const { lines } = await runInmate("hypercalls", { cell: { flags: ["virtual-console-permitted"] } });
  expect(lines).toContain("!putc 0000000000000000");
});

test("CPU_OFF stops the CPU, and the cell stays running", async () => {
  const { lines, outcome } = await runInmate("cpu-off", { seconds: 0.2 });
  expect(lines).toEqual(["going off"]);
  expect(outcome.states).toEqual(["running"]);
});

const pairs = [board, boardWithGicv2].flatMap((board) => [
  { board, cpus: [1, 2] },
  { board, cpus: [0, 1] },
]);

test.each(pairs)(
  "CPU_ON starts the cell's other CPU with the context in x1, and SGIs go between the two: $board.name, CPUs $cpus",
  async ({ board, cpus }) => {
    const [first, second] = cpus.map(BigInt) as [bigint, bigint];
    const result = await runInmate("smp", { board, cell: { cpus } });
    const { lines, outcome } = result;
    expect(outcome.states).toEqual(["shut down"]);
    expect(lines.at(-1)).toBe("off again");
    expect(values({ ...result, lines: lines.slice(0, -1) })).toEqual({
      first,
      before: 1n,
      on: 0n,
      sgi: 5n,
      // Only a GICv2 tells.
      sender: board === boardWithGicv2 ? second : 0n,
      context: 0xabcdn,
      second,
    });
  },
);
