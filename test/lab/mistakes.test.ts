import { expect, test } from "vitest";
import { jhInmate } from "../cli/cli.ts";

const profile = "profile --on ssh:board -o x.csv";
const bomb = "bomb --on ssh:board --cell 0 --reads";

test.for([
  ["", "lab needs what to do, profile, bomb, plot or contention: see jh-inmate help lab"],
  ["profil", 'lab has no "profil": did you mean "profile"?'],
  ["profile", "lab profile needs the board: --on ssh:HOST"],
  ["profile --on cellbox", "--on cellbox is no board: lab profile takes ssh:[USER@]HOST"],
  ["profile --on ssh:board", "lab profile needs a file for the log: -o FILE.csv"],
  ["profile --on ssh:board -o x.txt", "lab profile needs a file for the log: -o FILE.csv"],
  [`${profile} more`, 'lab profile does not take "more": jh-inmate lab profile --on ssh:HOST -o FILE.csv [options]'],
  [
    `${profile} --reads`,
    "lab profile does not take --reads: jh-inmate lab profile --on ssh:HOST -o FILE.csv [options]",
  ],
  [`${profile} --interval 0`, "--interval 0: give a whole number from 1 to 4294967295"],
  [`${profile} --interval 2.5`, "--interval 2.5: give a whole number from 1 to 4294967295"],
  [`${profile} --controller 2`, "--controller 2: give a whole number from 0 to 1"],
  [`${profile} --max 41943040`, "--max 41943040: give a whole number from 2 to 41943039"],
  [`${profile} --axi-id 0x10000`, "--axi-id 0x10000: give a whole number from 0 to 65535"],
  [`${profile} --columns all`, "--columns all is unknown: give lab or stock"],
  [`${profile} --cpu-mhz 0`, "--cpu-mhz 0 is no frequency: give a number of MHz above 0, as in --cpu-mhz 1000"],
  [`${profile} --seconds x`, "--seconds x is not a number of seconds: give a number above 0, as in --seconds 2.5"],
  ["bomb --on ssh:board --reads", "lab bomb needs the number of a bomb: --cell 0, --cell 1, --cell 2"],
  ["bomb --on ssh:board --reads --cell 3", "lab bomb needs the number of a bomb: --cell 0, --cell 1, --cell 2"],
  ["bomb --on ssh:board --cell 0", "lab bomb needs what to do: --reads, --writes, or both"],
  [`${bomb} --size 5M`, "--size 5M: a bomb has 4 MiB and touches every 64 bytes, give 64 to 4M"],
  [`${bomb} --size big`, '--size: "big" is not a size or address; write a number of bytes, "64K", "1M" or "0x10000"'],
  [`${bomb} --budget -1`, "--budget -1: give a whole number from 0 to 4294967295"],
  ["contention --on sim", "lab contention does not take --on: jh-inmate lab contention [-o FILE.csv] [options]"],
  ["contention -o x.html", "lab contention writes a CSV file, with .json and .html beside it: -o FILE.csv"],
  ["contention --size 448K,8M", "--size 8M: the victim works on whole pages, 4K to 4M"],
  ["contention --size 1000", "--size 1000: the victim works on whole pages, 4K to 4M"],
  ["contention --loads 10", "--loads 10: give a whole number from 1000 to 10000000"],
  ["contention --budget 1000,", "--budget : give a whole number from 1 to 4294967295"],
  ["plot", "lab plot is incomplete: jh-inmate lab plot FILE.csv [-o FILE.html]"],
])("lab %s", async ([line, message]) => {
  const { code, stdout, stderr } = await jhInmate(["lab", ...line!.split(" ").filter(Boolean)]);
  expect(stderr).toBe(`error: ${message}\n`);
  expect([stdout, code]).toEqual(["", 2]);
});
