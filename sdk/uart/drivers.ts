/** The UART drivers that are linked. A further one is a file beside this and a row here. */
import * as args from "../args";
import { ascii } from "../ascii";
import * as pl011 from "./ns8250";
import { use } from "./uart";

const CON_TYPE = ascii("con-type");

/**
 * Starts the driver that the command line names, else the one with the comm region's type number. False: there is none.
 */
export function choose(type: u32, registers: u32, divider: u32): bool {
  if (isMeant(type, 2, ascii("8250"))) {
    if (divider != 0) pl011.start(registers, divider);
    use(pl011.isBusy, pl011.transmit);
    return true;
  }
  return false;
}

function isMeant(wanted: u32, type: u32, name: usize): bool {
  return args.hasNamed(CON_TYPE) ? args.equals(CON_TYPE, name) : wanted == type;
}
