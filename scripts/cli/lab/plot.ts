import type { Action } from "./action.ts";

const plot: Action = {
  usage: "FILE.csv [-o FILE.html]",
  flags: ["out"],
  operands: 1,
  run: async ([file = ""], { out = `${file.replace(/\.csv$/, "")}.html` }) => {
    const { writePlot } = await import("../../lab/plot.ts");
    await writePlot(file, out);
    process.stderr.write(`${out}: open it in a browser\n`);
    return 0;
  },
};

export default plot;
