/** The programs to begin with. Each has a folder in templates/ with main.ts, main.test.ts and README.md. */

export interface Template {
  /** What it shows, as the question says it. */
  readonly summary: string;
  /** What a board's cells must have for it; absent: a CPU and RAM. */
  readonly needs?: string;
}

export const templates = {
  timer: { summary: "ten timer interrupts a second, and how late they are" },
  uart: { summary: "text and numbers on the console, an argument" },
  pci: {
    summary: "a PCI device: find it, map it, take its interrupt by MSI",
    needs: "a sound card (HDA) in a stock cell",
  },
  ivshmem: {
    summary: "two cells that share memory and ring each other",
    needs: "a link of three peers in a stock cell",
  },
  smp: { summary: "several CPUs that share out work", needs: "three CPUs, one of them root's" },
  empty: { summary: "hello, and room for your own" },
} as const satisfies Record<string, Template>;

export type TemplateName = keyof typeof templates;

export const templateNames = Object.keys(templates) as TemplateName[];

export function needsOf(template: TemplateName): string | undefined {
  return (templates[template] as Template).needs;
}
