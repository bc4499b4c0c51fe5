/** `jh-inmate dev`: builds, runs, and does so again whenever the project changes. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { isUserError } from "../errors.ts";
import type { Engine } from "../pipeline/build.ts";
import type { CheckReport } from "../pipeline/check-stages.ts";
import { DevCell } from "./cell.ts";
import { withFrame } from "./frame.ts";
import { KEYS, type Key, Keyboard } from "./keys.ts";
import { type DevTarget, warmUp } from "./programs.ts";
import type { Screen } from "./screen.ts";
import { Watcher } from "./watcher.ts";

/** The program's first lines come before the compiler is warmed up, milliseconds. */
const FIRST_LINES = 500;

export interface DevRequest {
  readonly dir: string;
  readonly board?: string | undefined;
  readonly cell?: string | undefined;
  readonly args?: string | undefined;
  readonly engine?: Engine | undefined;
  readonly target: DevTarget;
  /** What the target is called. */
  readonly on: string;
  /** Names of boards that the target has. */
  readonly boards: () => Promise<readonly string[]>;
  readonly screen: Screen;
}

export class DevSession {
  readonly #request: DevRequest;
  readonly #screen: Screen;
  readonly #temporary: string;
  readonly #watcher: Watcher;
  readonly #keyboard: Keyboard | undefined;
  #board: string | undefined;
  #cell: DevCell | undefined;
  #warnings = "";
  /** A build is going on; whether another is to follow. */
  #isBuilding = false;
  #again = false;
  #isQuitting = false;
  #isWarm = false;
  #quit: () => void = () => {};

  static async run(request: DevRequest): Promise<void> {
    const temporary = await mkdtemp(join(tmpdir(), "jh-dev-"));
    try {
      await new DevSession(request, temporary).#run();
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  }

  private constructor(request: DevRequest, temporary: string) {
    this.#request = request;
    this.#screen = request.screen;
    this.#board = request.board;
    this.#temporary = temporary;
    this.#watcher = new Watcher(resolve(request.dir), () => this.#rebuild());
    const { stdin } = process;
    if (!stdin.isTTY) return;
    const unknown = (character: string) => this.#screen.say(`${character} is no key here: h lists them`);
    this.#keyboard = new Keyboard(stdin, (key) => void this.#press(key), unknown);
  }

  async #run(): Promise<void> {
    const quit = () => this.#quit();
    const ended = new Promise<void>((resolve) => {
      this.#quit = resolve;
    });
    process.on("SIGINT", quit);
    process.on("SIGTERM", quit);
    process.stdout.on("error", quit);
    if (this.#keyboard)
      this.#screen.say("r restart · s shutdown request · x stop or start · b board · h help · q quit");
    this.#rebuild();
    await ended;
    this.#isQuitting = true;
    this.#keyboard?.close();
    this.#watcher.close();
    this.#cell?.drop();
    await this.#cell?.done;
    this.#request.target.target.close?.();
    process.off("SIGINT", quit);
    process.off("SIGTERM", quit);
    process.stdout.off("error", quit);
  }

  async #press(key: Key): Promise<void> {
    switch (key) {
      case "r":
        return this.#rebuild();
      case "s":
        if (this.#cell) this.#cell.requestShutdown();
        else this.#screen.say("no cell runs: r starts one");
        return;
      case "x":
        if (this.#cell) this.#cell.stop();
        else this.#rebuild();
        return;
      case "b":
        return this.#chooseBoard();
      case "h":
        return this.#screen.say(KEYS.map(([name, what]) => `  ${name}  ${what}`).join("\n"));
      case "q":
        return this.#quit();
    }
  }

  async #chooseBoard(): Promise<void> {
    const boards = await this.#request.boards();
    const list = boards.map((name, i) => `  ${String(i + 1).padStart(2)}  ${name}`);
    this.#screen.say([`Boards for ${this.#request.on}:`, ...list].join("\n"));
    const answer = await this.#keyboard?.ask("number or name, Esc for none: ");
    if (answer === undefined) return;
    const chosen = boards.find((name, i) => answer === name || answer === String(i + 1));
    if (!chosen) return this.#screen.say(`there is no ${answer} in the list; the board stays`);
    this.#board = chosen;
    this.#rebuild();
  }

  #rebuild(): void {
    this.#again = true;
    if (!this.#isBuilding) void this.#buildAll();
  }

  async #buildAll(): Promise<void> {
    this.#isBuilding = true;
    while (this.#again && !this.#isQuitting) {
      this.#again = false;
      await this.#build().catch((error) => this.#explain(error));
    }
    this.#isBuilding = false;
    if (!this.#isWarm) setTimeout(() => void this.#warmUp(), FIRST_LINES).unref();
  }

  async #warmUp(): Promise<void> {
    if (this.#isWarm || this.#isBuilding || this.#isQuitting) return;
    this.#isWarm = true;
    await warmUp();
  }

  async #build(): Promise<void> {
    const { dir, cell, args, engine, target, on } = this.#request;
    const began = performance.now();
    const onStage = () => {
      this.#isWarm = true;
    };
    const options = { source: dir, board: this.#board, cell, args, engine, temporary: this.#temporary, onStage };
    const { job, sources, finish } = await target.make(options);
    this.#watcher.setSources(sources);
    // A newer change waits: its program is the one to run.
    if (this.#again || this.#isQuitting) return;
    const seconds = ((performance.now() - began) / 1000).toFixed(2);
    const running = await target.target.start([job], {});
    this.#cell?.drop();
    this.#screen.rule(`${job.name} on ${job.board.name}, ${on}: built in ${seconds} s`);
    const started = new DevCell(running, job, this.#screen, () => {
      if (this.#cell === started) this.#cell = undefined;
    });
    this.#cell = started;
    // The stacks are measured while the cell starts. A program that does not fit into them is not to run on.
    try {
      this.#warn(await finish());
    } catch (error) {
      started.drop();
      this.#cell = undefined;
      throw error;
    }
  }

  /** Warnings are said once, as long as they stay the same. */
  #warn({ warnings, notes }: CheckReport): void {
    const text = [...warnings.map((text) => `warning: ${text}`), ...notes.map((text) => `note: ${text}`)].join("\n");
    if (text !== "" && text !== this.#warnings) this.#screen.say(text);
    this.#warnings = text;
  }

  #explain(error: unknown): void {
    if (!isUserError(error)) throw error;
    this.#screen.say(withFrame(error, resolve(this.#request.dir), this.#screen.style));
    this.#screen.say(this.#cell ? "the program from before runs on" : "nothing runs until this is mended");
  }
}
