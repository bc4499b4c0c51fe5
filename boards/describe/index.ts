/** Configurations and boards as text, for the command line and for a browser. */
export { describeBoard, formatsOf, type Running } from "./board.ts";
export { describeConfiguration, formatText, type Title } from "./configuration.ts";
export { type Difference, diffConfigurations } from "./diff.ts";
export { guessBoard } from "./guess.ts";
export { configurationJson, toJson } from "./json.ts";
export { findReference, formatNames, isReference, type Reference, references, sameReference } from "./references.ts";
export { colored, plain, type Style } from "./style.ts";
export { cellOf, type Subject } from "./subject.ts";
export { lineWidth, pairs, table } from "./text.ts";
