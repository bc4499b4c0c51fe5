import type { RunningTarget } from "./target.ts";

/** How long a cell may take to shut down after Ctrl-C, milliseconds. */
const GRACE = 3000;

/** npm passes a Ctrl-C on that its child has already had from the terminal: two so near are one, milliseconds. */
const SAME_KEY = 300;

/**
 * The first Ctrl-C asks the cells to shut down, the second stops them at once. Cells that do not shut down (a demo that
 * takes no messages) are stopped after a while, and so are cells whose console nobody reads any more (`run | head`).
 * Gives the function that ends the listening.
 */
export function listenForInterrupts(running: RunningTarget): () => void {
  let first: number | undefined;
  let patience: NodeJS.Timeout | undefined;
  const onInterrupt = () => {
    const now = performance.now();
    if (first === undefined) {
      first = now;
      process.stderr.write("\nasking the cell to shut down (Ctrl-C again stops it at once)\n");
      running.requestShutdown();
      patience = setTimeout(() => running.stop(), GRACE);
    } else if (now - first > SAME_KEY) {
      running.stop();
    }
  };
  const onEnd = () => running.stop();
  process.on("SIGINT", onInterrupt);
  process.on("SIGTERM", onEnd);
  process.stdout.on("error", onEnd);
  return () => {
    clearTimeout(patience);
    process.off("SIGINT", onInterrupt);
    process.off("SIGTERM", onEnd);
    process.stdout.off("error", onEnd);
  };
}
