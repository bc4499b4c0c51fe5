/** Before the package is packed: the cell monitor, so that who installs it can run cells without a compiler. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { packageRoot } from "./root.ts";
import { buildMonitor } from "./run/cellbox-monitor.ts";

const folder = join(packageRoot, "dist", "cellbox");
const elf = await buildMonitor();
await mkdir(folder, { recursive: true });
await writeFile(join(folder, "arm64.elf"), elf);
