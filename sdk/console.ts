/**
 * Text output: to the UART that the comm region names (or the command line, jailhouse's `con-*` parameters), to the
 * hypervisor's console, or to nowhere when the cell has none. It starts with the first output.
 *
 * What one call prints stays together, whatever other CPUs print. A template or literal given to these functions is printed piece by piece and allocates nothing: handlers may print.
 */
import * as print from "./print";
import * as turns from "./turns";

/** Prints a line. */
export function log(text: string = ""): void {
  turns.begin();
  print.text(text);
  print.byte(0x0a);
  turns.end();
}

/** Prints the text alone. */
export function write(text: string): void {
  turns.begin();
  print.text(text);
  turns.end();
}
