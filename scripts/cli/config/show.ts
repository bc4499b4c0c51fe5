import { configurationJson, describeConfiguration } from "../../../boards/describe/index.ts";
import { loadConfiguration } from "../../pipeline/configuration.ts";
import type { Action } from "../actions.ts";
import { stdoutStyle } from "../style.ts";
import type { Flags } from "./flags.ts";

const show: Action<Flags> = {
  usage: "X [--format FORMAT] [--board BOARD] [--json]",
  flags: ["format", "board", "json"],
  least: 1,
  most: 1,
  run: async ([what = "."], { json, ...options }) => {
    const configuration = await loadConfiguration(what, options);
    const text = json
      ? configurationJson(configuration, configuration)
      : describeConfiguration(configuration, configuration, stdoutStyle());
    process.stdout.write(text);
    return 0;
  },
};

export default show;
