/** The state of one interrupt in a GIC (Arm IHI 0069, 4.1.2), and the choice among those of a CPU. */

export class Interrupt {
  readonly id: number;
  enabled = false;
  /** The line, and what is remembered of an edge or was set by software. */
  level = false;
  latched = false;
  active = false;
  edge = false;
  group1 = true;
  priority: number;
  /** GICv2, SGIs: the CPU interfaces that sent it. */
  senders = 0;

  constructor(id: number, edge: boolean, priority: number) {
    this.id = id;
    this.edge = edge;
    this.priority = priority;
  }

  get isPending(): boolean {
    return this.latched || (this.level && !this.edge);
  }

  setLine(level: boolean): void {
    if (level && !this.level && this.edge) this.latched = true;
    this.level = level;
  }

  acknowledge(): void {
    this.active = true;
    this.latched = false;
  }
}

/** The one that the CPU would take, by priority, then number. */
export function highestPending(all: Iterable<Interrupt>, mask: number): Interrupt | undefined {
  let best: Interrupt | undefined;
  for (const each of all) {
    if (!each.enabled || each.active || !each.isPending || each.priority >= mask) continue;
    if (best === undefined || each.priority < best.priority) best = each;
  }
  return best;
}
