/** The cell that `dev` runs, from its start to its end. */
import { jobSymbolizer } from "../run/job-symbolizer.ts";
import { SymbolFilter } from "../run/symbols.ts";
import type { CellJob, Outcome, RunningTarget } from "../run/target.ts";
import type { Screen } from "./screen.ts";

export class DevCell {
  readonly #running: RunningTarget;
  /** Nothing of it is shown any more: another takes its place. */
  #isGone = false;

  constructor(running: RunningTarget, job: CellJob, screen: Screen, onEnd: () => void) {
    this.#running = running;
    const { name } = job;
    const began = performance.now();
    const symbolize = jobSymbolizer(job);
    const filter = symbolize && new SymbolFilter(symbolize);
    const said = new Set<string>();
    running.onOutput((_, bytes) => {
      if (!this.#isGone) screen.console(filter?.push(bytes) ?? bytes);
    });
    running.onNote?.((line) => {
      said.add(line);
      if (!this.#isGone) screen.say(line);
    });
    running.done.then(({ states: [state], notes }: Outcome) => {
      if (this.#isGone) return;
      screen.console(filter?.end() ?? new Uint8Array());
      for (const note of notes) if (!said.has(note)) screen.say(note);
      const words = state?.startsWith("running") ? "stopped" : state;
      screen.say(`${name}: ${words} after ${((performance.now() - began) / 1000).toFixed(1)} s`);
      onEnd();
    });
  }

  requestShutdown(): void {
    this.#running.requestShutdown();
  }

  /** Ends it, and tells so. */
  stop(): void {
    this.#running.stop();
  }

  /** Ends it without a word more. */
  drop(): void {
    this.#isGone = true;
    this.#running.stop();
  }

  get done(): Promise<unknown> {
    return this.#running.done;
  }
}
