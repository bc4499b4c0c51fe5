/** The layout of mainline Jailhouse's configuration files, revision 14. */
import { format } from "./headers.ts";
import type { Hints, Row } from "./layout.ts";
import { field } from "./layout.ts";
import * as words from "./words.ts";

const revision = 14;

// The fork's signatures are JHCELL and JHSYST: six letters, the last where mainline has the architecture.
const sixthLetter: Hints = { "84": "this is a system configuration of the real-time fork" };

const identification = (text: string, hints: Hints): readonly Row<"arch">[] => [
  { name: "signature", form: { kind: "signature", text, hints }, meaning: `\`${text}\`` },
  field(
    "arch",
    "architecture",
    { kind: "choice", bytes: 1, words: words.architectures, hints: sixthLetter },
    "The hypervisor's architecture.",
  ),
  { name: "revision", form: { kind: "revision", bytes: 2, value: revision }, meaning: `${revision}` },
];

export const mainline = format({
  name: "mainline",
  revision,
  cell: identification("JHCLL", {
    JHSYS: "this is a system configuration, not a cell",
    JHCEL: "this is a cell of the real-time fork",
  }),
  system: identification("JHSYS", {
    JHCLL: "this is a cell, not a system configuration",
    JHCEL: "this is a cell of the real-time fork",
  }),
  cellFlags: words.cellFlags,
  consoleTypes: words.consoleTypes,
  consoleFlags: words.consoleFlags,
  iommuTypes: words.iommuTypes,
  colored: false,
});
