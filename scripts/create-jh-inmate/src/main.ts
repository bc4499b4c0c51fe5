#!/usr/bin/env node
import { cancel, intro, outro } from "@clack/prompts";
import { isUserError, messageOf } from "../../errors.ts";
import { checkNpm, help, parse } from "./args.ts";
import { Cancelled } from "./ask.ts";
import { choose } from "./choose.ts";
import { empty, write } from "./folder.ts";
import { version } from "./own-package.ts";
import { described, packageManager } from "./package-manager.ts";
import { nextSteps, projectFiles } from "./project.ts";

const { env, stdin, stdout, stderr } = process;

async function main(argv: string[]): Promise<void> {
  checkNpm(argv, env);
  const args = parse(argv);
  if (args.help) return void stdout.write(help);
  if (args.version) return void stdout.write(`${version()}\n`);

  const asks = args.interactive ?? (stdin.isTTY && stdout.isTTY);
  if (asks) intro(`create-jh-inmate ${version()}`);
  const { dir, existing, ...choice } = await choose(args, asks);
  const agent = env.npm_config_user_agent;
  const project = { ...choice, manager: packageManager(agent), version: version() };

  if (existing === "overwrite") empty(dir);
  const kept = write(dir, projectFiles(project));
  const made = `${dir}: the template ${project.template} for ${project.board.name}`;
  if (asks) outro(made);
  else stdout.write(`${made}\n\n`);
  if (kept.length > 0) stdout.write(`Kept as they were: ${kept.join(", ")}\n\n`);
  const steps = nextSteps(project, dir).map((step) => `  ${step}\n`);
  stdout.write(`Go on with ${described(project.manager, agent)}:\n\n${steps.join("")}\n`);
}

/** Exit codes as of jh-inmate: 2 what the user can mend, 70 a defect of ours. Who cancels knows it: npm would call it an error. */
function report(error: unknown): number {
  if (error instanceof Cancelled) {
    cancel("Cancelled: nothing was changed");
    return 0;
  }
  if (isUserError(error)) {
    stderr.write(`error: ${error.message}\n`);
    return 2;
  }
  stderr.write(`internal error: ${messageOf(error).split("\n")[0]}\nthis is a defect of create-jh-inmate\n`);
  return 70;
}

await main(process.argv.slice(2)).catch((error: unknown) => {
  process.exitCode = report(error);
});
