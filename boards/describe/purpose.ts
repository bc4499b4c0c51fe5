/** What the boards' cells are for; their names tell. */
const purposes: readonly (readonly [name: RegExp, purpose: string])[] = [
  [/inmate-col-demo$/, "bare-metal demos, coloured"],
  [/inmate-demo-aarch32$/, "bare-metal demos in 32-bit state"],
  [/inmate-demo$/, "bare-metal demos"],
  [/dpaa-linux-demo$/, "a second Linux with a network card"],
  [/linux.*-demo(-2)?$/, "a second Linux"],
  [/zephyr-demo$/, "Zephyr"],
  [/bomb\d-col$/, "memory bomb, coloured"],
  [/bomb\d$/, "memory bomb"],
  [/-prof$/, "DRAM profiler"],
  [/uart-demo$/, "UART demo"],
  [/^apic-demo$/, "timer jitter by the local APIC"],
  [/^e1000-demo$/, "network card by MSI"],
  [/^ioapic-demo$/, "interrupt through the IOAPIC"],
  [/^ivshmem-demo$/, "shared memory with other cells"],
  [/^pci-demo$/, "sound card by MSI"],
  [/^smp-demo$/, "several CPUs"],
  [/^tiny-demo$/, "the smallest program"],
];

/** In a few words. */
export function purposeOf(file: string): string {
  return purposes.find(([name]) => name.test(file))?.[1] ?? "programs";
}
