/** A configuration with what is known about it: what everything here describes. */
import type { Board } from "../board.ts";
import type { FormatName } from "../format/formats.ts";
import type { CellConfig, SystemConfig } from "../model.ts";

export interface Subject {
  readonly config: CellConfig | SystemConfig;
  readonly format: FormatName;
  /** The board it is for, as far as that is known: it gives devices their names. */
  readonly board?: Board;
}

/** The cell of a configuration; of a system, the root cell. */
export function cellOf(config: CellConfig | SystemConfig): CellConfig {
  return config.kind === "system" ? config.rootCell : config;
}
