/** Sees when one of a project's files has other contents than when it was built. */
import { createHash } from "node:crypto";
import { existsSync, type FSWatcher, readdirSync, readFileSync, watch } from "node:fs";
import { dirname, extname, join } from "node:path";

/** An editor writes a file in several steps, and a tool several files: what comes within this time is one change, milliseconds. */
const SETTLE = 15;
/** What a project is made of; tests are none of the program. */
const EXTENSIONS = [".ts", ".cell"];
const isPart = (name: string) => EXTENSIONS.includes(extname(name)) && !name.endsWith(".test.ts");
const isLeftOut = (name: string) => name.startsWith(".") || name === "node_modules" || name === "dist";

/**
 * Watches folders, not files: an editor may write a new file and give it the old one's name. Events only say when to look; the contents decide, so
 * that neither a missed nor a needless event does harm.
 */
export class Watcher {
  readonly #dir: string;
  readonly #onChange: () => void;
  readonly #watched = new Map<string, FSWatcher>();
  /** Files that matter, outside of the project's folder too. */
  #sources: readonly string[] = [];
  /** Hashes by path, as they were last seen; "" where there is no file. */
  #seen: ReadonlyMap<string, string>;
  #timer: NodeJS.Timeout | undefined;

  constructor(dir: string, onChange: () => void) {
    this.#dir = dir;
    this.#onChange = onChange;
    this.#seen = this.#look();
  }

  /** What the program is made from, wherever it is; installed packages do not change. */
  setSources(paths: readonly string[]): void {
    this.#sources = paths.filter((path) => !path.includes("/node_modules/"));
    // Those that were not known before are as they were when they were compiled, just now.
    this.#seen = new Map([...this.#look(), ...this.#seen]);
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const watcher of this.#watched.values()) watcher.close();
  }

  /** The files as they are; watches their folders from here on. */
  #look(): Map<string, string> {
    const files = this.#walk(this.#dir);
    for (const path of this.#sources) this.#watch(dirname(path));
    return new Map([...files, ...this.#sources].map((path) => [path, hashOf(path)]));
  }

  #walk(dir: string): string[] {
    this.#watch(dir);
    const entries = existsSync(dir) ? readdirSync(dir, { withFileTypes: true }) : [];
    return entries.flatMap((entry) => {
      const path = join(dir, entry.name);
      if (isLeftOut(entry.name)) return [];
      return entry.isDirectory() ? this.#walk(path) : isPart(entry.name) ? [path] : [];
    });
  }

  #watch(dir: string): void {
    if (this.#watched.has(dir) || !existsSync(dir)) return;
    const watcher = watch(dir, () => this.#settle());
    // A folder that is gone: when it comes again, it is found as a part of the one above.
    watcher.on("error", () => {
      watcher.close();
      this.#watched.delete(dir);
    });
    this.#watched.set(dir, watcher);
  }

  #settle(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const before = this.#seen;
      this.#seen = this.#look();
      const paths = new Set([...before.keys(), ...this.#seen.keys()]);
      if ([...paths].some((path) => (before.get(path) ?? "") !== (this.#seen.get(path) ?? ""))) this.#onChange();
    }, SETTLE);
  }
}

function hashOf(path: string): string {
  try {
    return createHash("sha256").update(readFileSync(path)).digest("hex");
  } catch {
    return "";
  }
}
