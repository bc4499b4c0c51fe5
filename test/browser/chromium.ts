import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

export async function launchBrowser(): Promise<Browser> {
  // Whoever runs tests in a container is root, and there is no sandbox.
  return chromium.launch({ executablePath: chromiumPath(), args: ["--no-sandbox"] });
}

function chromiumPath(): string {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = folders.map((folder) => join(folder, "chromium")).find((path) => existsSync(path));
  if (found === undefined) throw new Error("chromium is missing: apt-get install -y chromium");
  return found;
}
