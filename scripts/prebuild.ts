/** Before the package is packed: the cell monitor, so that who installs it can run cells without a compiler. */
import { shipMonitors } from "./run/cellbox-monitor.ts";

await shipMonitors();
