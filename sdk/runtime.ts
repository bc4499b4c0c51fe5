/** What the C runtime calls. The top-level code here runs before the program's own. */

import * as machine from "jh-inmate/machine/cpu";
import * as cell from "./cell";
import * as jh from "./jh";

export { report as fault } from "./fault";

// Nothing is enabled yet: interrupts come from the first irq.on() on, and irq.disable() around it holds them back as it
// should.
jh.interrupts_restore(0);
machine.start();

/** The program's top-level code came to its end. */
export function exit(): void {
  cell.exit();
}
