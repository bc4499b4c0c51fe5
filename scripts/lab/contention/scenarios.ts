/** What is compared: a victim, and what its neighbours may do to it. */

export interface Scenario {
  readonly label: string;
  /** Memory bombs, on CPUs of their own. */
  readonly bombs: number;
  /** L2 refills that MemGuard lets each bomb have in a millisecond; 0: as many as it can. */
  readonly budget: number;
  /** Victim and bombs have colours of the L2 of their own. */
  readonly colors: boolean;
}

export const MOST_BOMBS = 3;

const plain = { budget: 0, colors: false } as const;
const bombs = (count: number) => (count === 1 ? "1 bomb" : `${count} bombs`);

/** Alone comes first: the others are compared with it. */
export function scenariosFor(budgets: readonly number[]): readonly Scenario[] {
  const numbers = Array.from({ length: MOST_BOMBS }, (_, n) => n + 1);
  const most = { ...plain, bombs: MOST_BOMBS };
  return [
    { ...plain, label: "alone", bombs: 0 },
    ...numbers.map((count) => ({ ...plain, label: bombs(count), bombs: count })),
    ...budgets.map((budget) => ({ ...most, label: `${bombs(MOST_BOMBS)}, MemGuard ${budget}/ms`, budget })),
    { ...most, label: `${bombs(MOST_BOMBS)}, colours`, colors: true },
    ...budgets.slice(-1).map((budget) => ({
      ...{ label: `${bombs(MOST_BOMBS)}, colours, MemGuard ${budget}/ms`, budget },
      ...{ bombs: MOST_BOMBS, colors: true },
    })),
  ];
}
