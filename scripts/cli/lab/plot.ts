import type { Action } from "../actions.ts";
import type { Flags } from "./flags.ts";

const plot: Action<Flags> = {
  usage: "FILE.csv [-o FILE.html]",
  flags: ["out"],
  least: 1,
  most: 1,
  run: async ([file = ""], { out = `${file.replace(/\.csv$/, "")}.html` }) => {
    const { writePlot } = await import("../../lab/plot.ts");
    await writePlot(file, out);
    process.stderr.write(`${out}: open it in a browser\n`);
    return 0;
  },
};

export default plot;
