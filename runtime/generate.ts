/** Makes the AssemblyScript declarations of the intrinsics: `npm run generate`, in the package's folder. */
import { writeFileSync } from "node:fs";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { type ImageArch, INTRINSICS } from "./intrinsics.ts";

const HEADER = `/**
 * What a program asks of the machine and Wasm cannot express. asc makes each declaration an import of module \`jh\`.
 * Made from runtime/intrinsics.ts by \`npm run generate\`.
 */
`;

/** Who imports which rows. Both files have the name that asc makes the module's. */
export const FILES: Readonly<Record<string, (arch: ImageArch) => boolean>> = {
  "sdk/jh.ts": (arch) => !arch.startsWith("cellbox"),
  "runtime/cellbox/jh.ts": (arch) => arch.startsWith("cellbox"),
};

/** Text of one of these files, the rows in the table's order. */
export function renderDeclarations(file: string): string {
  const belongs = FILES[file] as (arch: ImageArch) => boolean;
  const declarations = INTRINSICS.filter((row) => row.arch.some(belongs)).map((row) => {
    const params = row.params.map(([name, type]) => `${name}: ${type}`).join(", ");
    return `/** ${row.meaning} */\nexport declare function ${row.name}(${params}): ${row.result};\n`;
  });
  return `${HEADER}\n${declarations.join("\n")}`;
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  for (const file of Object.keys(FILES)) writeFileSync(file, renderDeclarations(file));
}
