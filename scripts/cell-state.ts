/** The states of a cell: numbers of the comm region (jailhouse-abi 2), and their names as `jailhouse cell list` has them. */
const STATES = ["running", "running/locked", "shut down", "failed", "comm region revision mismatch"] as const;
export type CellState = (typeof STATES)[number];
export const STATE = { running: 0, locked: 1, shutDown: 2, failed: 3, wrongRevision: 4 } as const;

/** 2, 3 and 4: nothing that the cell does later changes it. */
export function isTerminal(state: number): boolean {
  return state >= STATE.shutDown && state <= STATE.wrongRevision;
}

/** What is no state counts as running, as the cell goes on. */
export function stateName(state: number): CellState {
  return STATES[state] ?? "running";
}
