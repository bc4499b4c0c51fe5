/** Writes docs/cell-format.md: `npm run generate`, in the package's folder. */
import { writeFileSync } from "node:fs";
import { renderPage } from "./page.ts";

writeFileSync("docs/cell-format.md", renderPage());
