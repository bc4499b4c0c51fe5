/** The formats of configuration files: that of mainline Jailhouse, and that of its real-time fork. */
import type { Format } from "./layout.ts";
import { mainline } from "./mainline.ts";
import { rt } from "./rt.ts";

export type FormatName = "mainline" | "rt";

export const formats: Readonly<Record<FormatName, Format>> = { mainline, rt };
