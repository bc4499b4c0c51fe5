/** This package: where its templates are, and its version, which is jh-inmate's. */
import { readFileSync } from "node:fs";

/** From src/ and from dist/ alike. */
const root = new URL("../", import.meta.url);

export function version(): string {
  return (JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as { version: string }).version;
}

export function templateFile(template: string, file: string): string {
  return readFileSync(new URL(`templates/${template}/${file}`, root), "utf8");
}
