/** docs/cell-format.md: the documentation of the format, from its tables. */
import { formats } from "../formats.ts";
import { sizeOf } from "../layout.ts";
import { cellRules, chapters, identificationRules, systemRules } from "./chapters.ts";
import { exampleFile, exampleTable } from "./example.ts";
import { headerTable, headerWords, type Shown, sizeOfRows, structureTable, table } from "./tables.ts";

const { mainline, rt } = formats;

export function renderPage(): string {
  const shown: Shown = new Map();
  return `${[
    opening,
    "## A file at a glance",
    glance(),
    "## How a file says what it is",
    identification(),
    list(identificationRules),
    "## The cell header",
    headerTable("cell"),
    list(cellRules),
    headerWords("cell", shown),
    "## The system header",
    headerTable("system"),
    list(systemRules),
    headerWords("system", shown),
    ...chapters.flatMap(({ title, structures, text, rules }) => [
      `## ${title}`,
      text,
      ...structures.flatMap((name) => [structures.length > 1 ? `### ${name}` : "", structureTable(name, shown)]),
      list(rules),
    ]),
    "## A file, byte by byte",
    `All of mainline's \`${exampleFile}.cell\`; what a line leaves out is 0:`,
    exampleTable(),
    reading,
  ]
    .filter((part) => part !== "")
    .join("\n\n")}\n`;
}

const opening = `<!-- Made by \`npm run generate\` from the tables in boards/format/. -->

# The configuration files of Jailhouse

A **system configuration** tells \`jailhouse enable\` what the machine is and what of it the root cell, Linux, keeps. A **cell
configuration** tells \`jailhouse cell create\` what of it a cell gets. Both are binary files, \`NAME.cell\`, which the kernel
driver hands to the hypervisor as they are: little endian, packed, no padding between fields. There are two formats: that of
**mainline** Jailhouse, revision ${mainline.revision}, and that of the real-time **fork**, revision ${rt.revision}.

You need not write them by hand: \`defineCell\` writes a cell in the words of this page, \`jh-inmate config build\` makes the
file, \`show\` explains one, \`check\` holds cells against their system, and \`import { decodeFile } from "jh-inmate/cell"\` reads
either format in a program. The column *here* names a field in TypeScript; a field's words are what \`defineCell\` takes and what
decoding gives.`;

const reading = `## Reading and writing one in a program

\`\`\`ts
import { readFileSync, writeFileSync } from "node:fs";
import { decodeFile, encodeCell, formats } from "jh-inmate/cell";

const { format, config, archs } = decodeFile(readFileSync("demo.cell"), { file: "demo.cell" });
if (config.kind === "cell") writeFileSync("my.cell", encodeCell({ ...config, cpus: [2, 3] }, formats[format]));
\`\`\`

- What decodes is encoded to the same bytes again, dead devices and all.
- What no word of this page says is refused, not guessed: "demo.cell: memory_regions[2].flags at offset 228: found 0x100081,
  expected no bits but 0xf81ff". So are counts beyond the end of the file, letters behind a name, bits in padding.
- \`archs\` are the architectures that the file can be for: one in mainline; of the fork's, what the contents leave open.
  Name the one you know, \`decodeFile(bytes, { arch: "arm64" })\`, and another one is an error.`;

function glance(): string {
  const sizes = (header: "cell" | "system") =>
    `${sizeOfRows(mainline[header])} bytes (fork: ${sizeOfRows(rt[header])})`;
  const arrays = rt.arrays.map((row) => {
    const { name, meaning } = row;
    const only = mainline.arrays.some((other) => other.name === name) ? "" : " Fork only.";
    if ("form" in row) return [name, "cpu_set_size", "1", meaning + only];
    const count = rt.cell.find(({ form }) => form.kind === "count" && form.of === row.key)?.name ?? "";
    return [name, count, `${sizeOf(row.of)}`, meaning + only];
  });
  const system = sizeOfRows(mainline.system) - sizeOfRows(mainline.cell);
  return `A cell's file is a cell header of ${sizes("cell")} and arrays. A system's file is a system header of ${sizes("system")} and
the arrays of the root cell, whose header is the system header's last part, from offset ${system} on. The arrays follow each
other without a gap, in this order; a file ends with the last.

${table(["array", "counted by", "bytes", "what it is"], arrays)}`;
}

function identification(): string {
  const signature = (header: "cell" | "system") =>
    [mainline, rt].map(({ [header]: [row] }) => `\`${row?.form.kind === "signature" ? row.form.text : ""}\``);
  return table(
    ["", "mainline", "fork"],
    [
      ["a cell begins with", ...signature("cell")],
      ["a system begins with", ...signature("system")],
      ["architecture, offset 5", "0 x86, 1 arm, 2 arm64", "none: the signature's sixth letter"],
      ["revision, offset 6", `${mainline.revision}`, `${rt.revision}`],
    ],
  );
}

function list(rules: readonly string[]): string {
  return rules.map((rule) => `- ${rule}`).join("\n");
}
