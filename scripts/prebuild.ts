/** Before the package is packed: the cell monitor and the second engine, so that who installs it needs no compiler to run cells. */
import { shipEngines } from "./pipeline/wasm3/engine.ts";
import { shipMonitors } from "./run/cellbox-monitor.ts";

await shipMonitors();
await shipEngines();
