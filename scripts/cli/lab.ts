import { ExperimentFailed } from "../lab/failed.ts";
import { type Actions, checkUse, findAction } from "./actions.ts";
import { command } from "./command.ts";
import { args, FLAGS, type Flags } from "./lab/flags.ts";
import { report } from "./report.ts";

const actions: Actions<Flags> = {
  profile: () => import("./lab/profile.ts"),
  bomb: () => import("./lab/bomb.ts"),
  plot: () => import("./lab/plot.ts"),
  contention: () => import("./lab/contention.ts"),
};

export default command({
  description: `Experiments with the bandwidth of a board's memory: the DDR profiler and the memory bombs of the real-time fork.

  jh-inmate lab profile --on ssh:HOST -o X.csv    lets the profiler of the S32V234 sample, and fetches its log
  jh-inmate lab bomb --on ssh:HOST --cell N       lets memory bomb N of the ZCU102 read and write, until Ctrl-C
  jh-inmate lab plot X.csv                        draws bandwidth over time: X.html, which needs no network
  jh-inmate lab contention [-o X.csv]             simulates a victim beside bombs, with MemGuard and with colours: run times by a model

For profile and bomb the cell runs on the board already: start it with jh-inmate run --detach. Ctrl-C ends the sampling, and what there is by
then is fetched; a second Ctrl-C fetches nothing. The cell is disabled at the end in any case, also when the connection
breaks. See docs/lab.md.`,
  operands: "profile|bomb|plot|contention ...",
  mostOperands: Number.POSITIVE_INFINITY,
  args,
  run: async ({ _: [name, ...operands], ...given }) => {
    const action = await findAction("lab", actions, name);
    checkUse(`lab ${name}`, action, operands, given, FLAGS);
    try {
      return await action.run(operands, given);
    } catch (error) {
      if (!(error instanceof ExperimentFailed)) throw error;
      report(error);
      return 1;
    }
  },
});
