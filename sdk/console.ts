/**
 * Text output: to the UART that the comm region names (or the command line, jailhouse's `con-*` parameters), to the
 * hypervisor's console, or to nowhere when the cell has none. It starts with the first output.
 *
 * A template or literal given to these functions is printed piece by piece and allocates nothing: handlers may print.
 */
import * as print from "./print";

/** Prints a line. */
export function log(text: string = ""): void {
  print.text(text);
  print.byte(0x0a);
}

/** Prints the text alone. */
export function write(text: string): void {
  print.text(text);
}
