/** What goes wrong on purpose. */
import type { Recorder } from "./trace.ts";

export class Disturbances {
  readonly latency = 0;
  readonly isUartReady = true;

  mayPass(_irq: number, _record: Recorder): boolean {
    return true;
  }
  lateness(): number {
    return 0;
  }
}
