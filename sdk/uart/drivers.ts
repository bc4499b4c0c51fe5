/** The UART drivers that are linked. A further one is a file beside this and a row here. */
import * as args from "../args";
import { ascii } from "../ascii";
import * as pl011 from "./pl011";
import { use } from "./uart";

/** Takes the driver with the name that the command line gives, else with the type number of the comm region; none when none fits. */
export function choose(type: u32): void {
  if (row(type, 3, ascii("PL011"))) use(pl011.start, pl011.isBusy, pl011.transmit);
}

const CON_TYPE = ascii("con-type");

function row(wanted: u32, type: u32, name: usize): bool {
  return args.hasNamed(CON_TYPE) ? args.equals(CON_TYPE, name) : wanted == type;
}
