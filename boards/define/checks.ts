/** Checks that every define function makes: a config file may be run without ever having met a type checker. */
import { UserError } from "../../scripts/errors.ts";
import { didYouMean } from "../nearest.ts";

/** @throws UserError if `given` is no object or has a key that is not in `known`. */
export function checkKeys(given: unknown, known: readonly string[], where: string): void {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new UserError(`${where}: expected an object with ${known.join(", ")}`);
  }
  for (const key of Object.keys(given)) {
    if (known.includes(key)) continue;
    throw new UserError(`${where}: unknown field "${key}"${didYouMean(key, known)}; fields are ${known.join(", ")}`);
  }
}

/** @throws UserError if `word` is not one of `words`. */
export function checkWord(word: unknown, words: readonly string[], where: string): void {
  if (typeof word === "string" && words.includes(word)) return;
  const found = typeof word === "string" ? `"${word}"` : String(word);
  throw new UserError(
    `${where}: ${found} is unknown${didYouMean(String(word), words)}; write one of ${words.join(", ")}`,
  );
}

/**
 * The flags in the order of their bits, each once, as decoding gives them.
 * @throws UserError if one is not in `words`.
 */
export function flagList<Flag extends string>(
  flags: readonly Flag[],
  words: Readonly<Record<Flag, unknown>>,
  where: string,
): Flag[] {
  const known = Object.keys(words) as Flag[];
  for (const flag of flags) checkWord(flag, known, where);
  return known.filter((word) => flags.includes(word));
}

/** @throws UserError if `list` is no array. */
export function checkList(list: unknown, what: string, where: string): void {
  if (!Array.isArray(list)) throw new UserError(`${where}: expected a list of ${what}`);
}

/** The integers from `first` to `last`, both included. */
export function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** "0-3, 5": numbers as people list them. */
export function formatNumbers(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && number === run[1] + 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(", ");
}
