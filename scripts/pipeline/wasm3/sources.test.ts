import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { installCommand } from "../../doctor/install.ts";
import { forgetTools } from "../../doctor/tools.ts";
import { wasm3Sources } from "./sources.ts";

const HASH = "5a47c8a39f7f6ae71b3316b2e5d86c9d0db6e771a65f09a86e4d4aa3a19aefcc";

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "jh-test-"));
  environment({ JH_INMATE_CACHE: join(dir, "cache"), WASM3_DIR: "" });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  forgetTools();
  await rm(dir, { recursive: true });
});

function environment(variables: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  forgetTools();
}

/** Only this index, and nothing that pip has kept. */
function useIndex(port: number): void {
  environment({ PIP_INDEX_URL: `http://127.0.0.1:${port}/`, PIP_EXTRA_INDEX_URL: "", PIP_FIND_LINKS: "" });
  environment({ PIP_NO_CACHE_DIR: "1", HTTP_PROXY: "", http_proxy: "" });
}

/** An index (PEP 503) with one file of that content. */
async function startIndex(file: string, content: string): Promise<number> {
  const server = createServer(({ url }, response) => {
    if (url === "/pywasm3/") response.setHeader("Content-Type", "text/html").end(`<a href="../${file}">${file}</a>`);
    else response.end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return (server.address() as AddressInfo).port;
}

async function fakePip(script: string): Promise<void> {
  await writeFile(
    join(dir, "pip3"),
    `#!/bin/sh\n[ "$1" = --version ] && echo pip 23.0.1 from here && exit\n${script}\n`,
    {
      mode: 0o755,
    },
  );
  environment({ PATH: `${dir}${delimiter}${process.env.PATH}` });
}

test("pip fetches them, once, and nothing else", async () => {
  environment({ PIP_LOG: join(dir, "log"), PIP_NO_CACHE_DIR: "1" });
  const { dir: first, version, license } = await wasm3Sources();
  expect(version).toBe("0.5.0");
  expect(license).toMatch(/^MIT License\n/);
  const names = await readdir(first);
  expect(names).toContain("wasm3.h");
  expect(names).toContain("m3_exec.h");
  expect(names).not.toContain("setup.py");
  expect(names).not.toContain("m3module.c");
  expect(await readFile(join(first, "m3_env.c"), "utf8")).toMatch(/\n}\n\s*$/);
  // No setup.py runs, and no setuptools is fetched for it.
  const log = await readFile(join(dir, "log"), "utf8");
  expect(log).toMatch(/Downloading .*pywasm3-0\.5\.0\.tar\.gz/);
  expect(log).not.toMatch(/egg|setuptools/);
  environment({ PATH: "" });
  expect((await wasm3Sources()).dir).toBe(first);
});

test("without pip: how to get it, and WASM3_DIR", async () => {
  environment({ PATH: "" });
  await expect(wasm3Sources()).rejects.toThrow(
    `pip fetches the sources of wasm3, but pip3 is missing: ${installCommand(new Set(["pip"]))}, or set WASM3_DIR to a checkout of wasm3`,
  );
});

const MISMATCH = `pip's pywasm3 0.5.0 is not the one that was published (sha256 ${HASH}): look at the index that pip is configured for, or set WASM3_DIR to a checkout of wasm3`;

test("another file of that name in the index is refused by pip", async () => {
  useIndex(await startIndex("pywasm3-0.5.0.tar.gz", "not the sources"));
  await expect(wasm3Sources()).rejects.toThrow(MISMATCH);
  await expect(readdir(join(dir, "cache"))).rejects.toThrow("ENOENT");
});

test("and by us, should pip not have looked", async () => {
  await fakePip("mkdir out && echo x > out/pywasm3-0.5.0.tar.gz");
  await expect(wasm3Sources()).rejects.toThrow(MISMATCH);
});

test("an index that cannot be reached, or does not have it", async () => {
  const refused = {
    message:
      "pip could not fetch pywasm3 0.5.0, the sources of wasm3: see to the network or pip's configuration, or set WASM3_DIR to a checkout of wasm3",
    detail: expect.stringContaining("No matching distribution found for pywasm3==0.5.0"),
  };
  // Nothing listens on port 1.
  useIndex(1);
  await expect(wasm3Sources()).rejects.toMatchObject(refused);
  useIndex(await startIndex("pywasm3-0.4.9.tar.gz", ""));
  await expect(wasm3Sources()).rejects.toMatchObject(refused);
});

test("a cache that cannot be written", async () => {
  await writeFile(join(dir, "file"), "");
  environment({ JH_INMATE_CACHE: join(dir, "file", "cache") });
  await expect(wasm3Sources()).rejects.toThrow(
    "the cache cannot be written: set JH_INMATE_CACHE to a folder where it can be",
  );
});

test("WASM3_DIR is a checkout, or its source/", async () => {
  await mkdir(join(dir, "wasm3/source"), { recursive: true });
  await writeFile(join(dir, "wasm3/source/wasm3.h"), '#define M3_VERSION "0.5.1"\n');
  const source = { dir: join(dir, "wasm3/source"), version: "0.5.1", license: "" };
  environment({ WASM3_DIR: join(dir, "wasm3"), PATH: "" });
  expect(await wasm3Sources()).toEqual(source);
  environment({ WASM3_DIR: join(dir, "wasm3/source") });
  expect(await wasm3Sources()).toEqual(source);
});

test("WASM3_DIR without wasm3", async () => {
  environment({ WASM3_DIR: dir });
  await expect(wasm3Sources()).rejects.toThrow(
    `WASM3_DIR=${dir}: there is no wasm3.h in it: name a checkout of wasm3, or unset it`,
  );
  await writeFile(join(dir, "wasm3.h"), "");
  await expect(wasm3Sources()).rejects.toThrow(
    `${join(dir, "wasm3.h")} defines no M3_VERSION: name a checkout of wasm3`,
  );
});
