import type { FormatName } from "../../../boards/index.ts";
import { UserError } from "../../errors.ts";

export interface Flags {
  readonly out?: string | undefined;
  readonly all?: boolean | undefined;
  readonly format?: FormatName | undefined;
  readonly board?: string | undefined;
  readonly json?: boolean | undefined;
}

export function formatFlag(format: string | undefined): FormatName | undefined {
  if (format === undefined || format === "mainline" || format === "rt") return format;
  throw new UserError(`--format ${format} is unknown: give mainline or rt (the real-time fork)`);
}
