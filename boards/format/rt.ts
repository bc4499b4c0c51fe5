/** The layout of the real-time fork's configuration files, revision 13. No file says which architecture it is for. */
import { format } from "./headers.ts";
import type { Hints, Row } from "./layout.ts";
import * as words from "./words.ts";

const revision = 13;

const identification = (text: string, hints: Hints): readonly Row<never>[] => [
  { name: "signature", form: { kind: "signature", text, hints }, meaning: `\`${text}\`` },
  { name: "revision", form: { kind: "revision", bytes: 2, value: revision }, meaning: `${revision}` },
];

export const rt = format({
  name: "rt",
  revision,
  cell: identification("JHCELL", {
    JHSYST: "this is a system configuration, not a cell",
    JHSYS: "this is a system configuration of mainline Jailhouse",
    JHCLL: "this is a cell of mainline Jailhouse",
  }),
  system: identification("JHSYST", {
    JHCELL: "this is a cell, not a system configuration",
    JHSYS: "this is a system configuration of mainline Jailhouse",
    JHCLL: "this is a cell of mainline Jailhouse",
  }),
  cellFlags: words.rtCellFlags,
  consoleTypes: words.rtConsoleTypes,
  consoleFlags: words.rtConsoleFlags,
  iommuTypes: words.rtIommuTypes,
  colored: true,
});
