/**
 * The C sources of wasm3. They are not on npm: those of release 0.5.0 are published with Python's package pywasm3, and Python's own client
 * fetches them from wherever its user has configured. Nothing of them is in this repository.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { findTool } from "../../doctor/tools.ts";
import { isUserError, UserError } from "../../errors.ts";
import { cachedFolder, type Files, sha256 } from "../cache.ts";
import { untar } from "./untar.ts";

export interface Wasm3Sources {
  /** Where wasm3.h and m3_*.c are. */
  readonly dir: string;
  readonly version: string;
  /** The text of wasm3's licence, which goes where its code goes. */
  readonly license: string;
}

const run = promisify(execFile);

/** The source distribution of pywasm3 that holds wasm3 0.5.0, and where in it the sources are. */
const PINNED = {
  name: "pywasm3",
  version: "0.5.0",
  sha256: "5a47c8a39f7f6ae71b3316b2e5d86c9d0db6e771a65f09a86e4d4aa3a19aefcc",
  files: /^[^/]+\/(?:wasm3\/(?=[^/]+\.[ch]$)|(?=LICENSE$))([^/]+)$/,
} as const;
const OR_CHECKOUT = "or set WASM3_DIR to a checkout of wasm3";

/** Of WASM3_DIR if that is set, else those of the pinned package, fetched once. */
export async function wasm3Sources(): Promise<Wasm3Sources> {
  const own = process.env.WASM3_DIR;
  if (own) return ownSources(own);
  const dir = await cachedFolder("wasm3", [PINNED.sha256], fetchPinned);
  if (!dir) throw new UserError("the cache cannot be written: set JH_INMATE_CACHE to a folder where it can be");
  return read(dir, dir);
}

/** A checkout has them in source/. */
async function ownSources(own: string): Promise<Wasm3Sources> {
  const dir = [own, join(own, "source")].find((folder) => existsSync(join(folder, "wasm3.h")));
  if (!dir) throw new UserError(`WASM3_DIR=${own}: there is no wasm3.h in it: name a checkout of wasm3, or unset it`);
  return read(dir, own);
}

async function read(dir: string, root: string): Promise<Wasm3Sources> {
  const header = await readFile(join(dir, "wasm3.h"), "utf8");
  const version = /^#\s*define\s+M3_VERSION\s+"([^"]+)"/m.exec(header)?.[1];
  if (!version) throw new UserError(`${join(dir, "wasm3.h")} defines no M3_VERSION: name a checkout of wasm3`);
  const license = await readFile(join(root, "LICENSE"), "utf8").catch(() => "");
  return { dir, version, license };
}

async function fetchPinned(): Promise<Files> {
  const archive = await download();
  if (sha256(archive) !== PINNED.sha256) throw mismatch();
  const files = untar(archive).flatMap(({ path, bytes }) => {
    const name = PINNED.files.exec(path)?.[1];
    return name === undefined ? [] : [[name, bytes] as const];
  });
  return Object.fromEntries(files);
}

function mismatch(): UserError {
  const { name, version, sha256: hash } = PINNED;
  return new UserError(
    `pip's ${name} ${version} is not the one that was published (sha256 ${hash}): look at the index that pip is configured for, ${OR_CHECKOUT}`,
  );
}

/**
 * pip asks a package for its metadata by running its setup.py, with a setuptools that it fetches for that. It is asked for nothing but the
 * file, so this answers in place of setuptools.
 */
const BUILD_META = `import os

class __legacy__:
    @staticmethod
    def prepare_metadata_for_build_wheel(directory, config_settings=None):
        name = "${PINNED.name}-${PINNED.version}.dist-info"
        os.mkdir(os.path.join(directory, name))
        with open(os.path.join(directory, name, "METADATA"), "w") as file:
            file.write("Metadata-Version: 2.1\\nName: ${PINNED.name}\\nVersion: ${PINNED.version}\\n")
        return name
`;

async function download(): Promise<Uint8Array> {
  const { name, version, sha256: hash } = PINNED;
  const pip = findPip();
  const dir = await mkdtemp(join(tmpdir(), "jh-wasm3-"));
  try {
    await mkdir(join(dir, "setuptools"));
    await writeFile(join(dir, "setuptools/__init__.py"), "");
    await writeFile(join(dir, "setuptools/build_meta.py"), BUILD_META);
    await writeFile(join(dir, "requirements.txt"), `${name}==${version} --hash=sha256:${hash}\n`);
    const args = ["download", "--quiet", "--disable-pip-version-check", "--no-input", "--retries", "2", "--no-deps"];
    args.push("--no-build-isolation", "--use-pep517", "--require-hashes", "-r", "requirements.txt", "-d", "out");
    const path = [dir, process.env.PYTHONPATH].filter(Boolean).join(delimiter);
    await run(pip, args, { cwd: dir, env: { ...process.env, PYTHONPATH: path } }).catch(({ stderr, message }) => {
      throw refusal(String(stderr ?? message));
    });
    return await readFile(join(dir, "out", `${name}-${version}.tar.gz`));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

function findPip(): string {
  try {
    return findTool("pip3").path;
  } catch (error) {
    if (!isUserError(error)) throw error;
    throw new UserError(`pip fetches the sources of wasm3, but ${error.message}, ${OR_CHECKOUT}`);
  }
}

/** What pip says is its user's to mend: a mirror, a proxy, no network. */
function refusal(stderr: string): UserError {
  if (stderr.includes("DO NOT MATCH THE HASHES")) return mismatch();
  const { name, version } = PINNED;
  return new UserError(
    `pip could not fetch ${name} ${version}, the sources of wasm3: see to the network or pip's configuration, ${OR_CHECKOUT}`,
    stderr.trim(),
  );
}
