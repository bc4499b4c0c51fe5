/**
 * CPUID as an emulated AMD CPU and the hypervisor answer it (jailhouse-abi 3.3; AMD APM volume 3, appendix E): QEMU's qemu64, without virtualization
 * and with the hypervisor's name.
 */

export interface CpuidSpec {
  readonly apicId: number;
  /** CPUs of the machine. */
  readonly cpus: number;
  /** The local APIC's timer takes deadlines. */
  readonly hasDeadline: boolean;
}

export type Leaf = readonly [eax: number, ebx: number, ecx: number, edx: number];

const NOTHING: Leaf = [0, 0, 0, 0];
/** Family 15, model 107, stepping 1. */
const VERSION = 0x60fb1;
const DEADLINE = 1 << 24;
/** Bytes that CLFLUSH flushes, in eights. */
const FLUSH = 8 << 8;

/** Twelve characters as EBX, EDX, ECX hold the vendor's, or EBX, ECX, EDX the hypervisor's. */
function letters(text: string): [number, number, number] {
  const word = (at: number) =>
    [0, 1, 2, 3].reduce((sum, i) => sum | ((text.charCodeAt(at + i) || 0) << (8 * i)), 0) >>> 0;
  return [word(0), word(4), word(8)];
}

const vendor = (last: number): Leaf => {
  const [ebx, edx, ecx] = letters("AuthenticAMD");
  return [last, ebx, ecx, edx];
};

/** The brand's characters, sixteen a leaf. */
const brand = (text: string): Leaf => {
  const [eax, ebx, ecx] = letters(text);
  return [eax, ebx, ecx, letters(text.slice(12))[0]];
};

const LEAVES: ReadonlyMap<number, Leaf> = new Map<number, Leaf>([
  [0, vendor(0xd)],
  [5, [0, 0, 3, 0]],
  [0x40000000, [0x40000001, ...letters("Jailhouse")]],
  [0x80000000, vendor(0x8000000a)],
  // SSE4a and the like are absent; NX, long mode, SYSCALL are there.
  [0x80000001, [VERSION, 0, 0x3, 0x2193fbfd]],
  [0x80000002, brand("jh-inmate simula")],
  [0x80000003, brand("ted CPU")],
  // Caches and TLBs (APM volume 3, E.4.4): 64 KiB, 2 ways, lines of 64 bytes; then L2 of 512 KiB.
  [0x80000005, [0x01ff01ff, 0x01ff01ff, 0x40020140, 0x40020140]],
  [0x80000006, [0, 0x42004200, 0x02008140, 0x00808140]],
  [0x80000008, [0x3028, 0, 0x2002, 0]],
]);

export function cpuid(leaf: number, { apicId, cpus, hasDeadline }: CpuidSpec): Leaf {
  if (leaf !== 1) return LEAVES.get(leaf) ?? NOTHING;
  // Hypervised, CMPXCHG16B, SSE3; what every x86-64 CPU has.
  return [
    VERSION,
    ((apicId << 24) | (cpus << 16) | FLUSH) >>> 0,
    (0x80002001 | (hasDeadline ? DEADLINE : 0)) >>> 0,
    0x178bfbfd,
  ];
}
