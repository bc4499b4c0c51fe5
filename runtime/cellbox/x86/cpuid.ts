/** CPUID as real Jailhouse answers it (jailhouse-abi 3.3): the CPU's own words, without virtualization and with the hypervisor's name. */
import * as jh from "../jh.ts";
import { PcCpu } from "./cells.ts";
import * as deadline from "./deadline.ts";
import { RBX, RCX, RDX, register, setRegister } from "./frame.ts";

const FEATURES: u32 = 1;
const AMD_FEATURES: u32 = 0x80000001;
const HYPERVISOR: u32 = 0x40000000;
const HYPERVISOR_LAST: u32 = 0x40000001;

/** ECX of leaf 1 and of AMD's. */
const VMX: u32 = 1 << 5;
const OSXSAVE: u32 = 1 << 27;
const HYPERVISED: u32 = 1 << 31;
const SVM: u32 = 1 << 2;
const CR4_OSXSAVE: u64 = 1 << 18;

/** "Jailhouse", little-endian. */
const NAME_1: u32 = 0x6c69614a;
const NAME_2: u32 = 0x73756f68;
const NAME_3: u32 = 0x65;

export function emulate(cpu: PcCpu, frame: u64): void {
  const leaf = <u32>cpu.block.rax;
  const subleaf = <u32>register(cpu, frame, RCX);
  if (leaf == HYPERVISOR) return answer(cpu, frame, HYPERVISOR_LAST, NAME_1, NAME_2, NAME_3);
  if (leaf == HYPERVISOR_LAST) return answer(cpu, frame, 0, 0, 0, 0);
  let ecx = jh.cpuid(leaf, subleaf, 2);
  if (leaf == FEATURES) {
    // The CPU tells whether the monitor uses XSAVE.
    ecx = (ecx & ~(VMX | OSXSAVE)) | HYPERVISED;
    if (deadline.isOffered()) ecx |= deadline.FEATURE;
    if ((cpu.block.cr4 & CR4_OSXSAVE) != 0) ecx |= OSXSAVE;
  } else if (leaf == AMD_FEATURES) ecx &= ~SVM;
  answer(cpu, frame, jh.cpuid(leaf, subleaf, 0), jh.cpuid(leaf, subleaf, 1), ecx, jh.cpuid(leaf, subleaf, 3));
}

function answer(cpu: PcCpu, frame: u64, eax: u32, ebx: u32, ecx: u32, edx: u32): void {
  cpu.block.rax = eax;
  setRegister(cpu, frame, RBX, ebx);
  setRegister(cpu, frame, RCX, ecx);
  setRegister(cpu, frame, RDX, edx);
}
