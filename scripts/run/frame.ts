/** One frame of a call chain in the user's terms. */
export interface Frame {
  /** "divide", "Ring#push". */
  name: string;
  /** "main.ts:12:9". */
  place: string;
  /** In the start-up and vectors of the runtime, where the user has nothing to look for. */
  inRuntime: boolean;
  /** The vector: above it stands the handler, below it what was interrupted. */
  isInterrupt?: boolean;
}
