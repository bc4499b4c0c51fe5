import { cell, console } from "jh-inmate";

console.log("Hello from a cell!");

// From here on the program waits for interrupts and answers the hypervisor. Without it, it would end.
cell.serve();
