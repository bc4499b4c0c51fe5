import type { ArgDef, ArgsDef } from "citty";
import { nearest } from "../../boards/nearest.ts";
import { UserError } from "../errors.ts";
import type { Engine } from "../pipeline/build.ts";
import type { Command } from "./command.ts";

/**
 * Refuses what citty lets pass: unknown flags, flags without their value, switches with one, and operands that the
 * command does not take.
 */
export function checkArgs(name: string, rawArgs: readonly string[], { args, mostOperands }: Command): void {
  let operands = 0;
  for (let i = 0; i < rawArgs.length; i++) {
    const arg = rawArgs[i]!;
    if (!arg.startsWith("-") || arg === "-") {
      operands++;
      if (operands > mostOperands) throw new UserError(`${name} does not take "${arg}": see jh-inmate help ${name}`);
      continue;
    }
    const [flag, value] = split(arg);
    const [long, definition] = flagsOf(args).find(([, { forms }]) => forms.includes(flag)) ?? [];
    if (definition === undefined) throw new UserError(`${name} has no flag ${flag}${suggestion(flag, name, args)}`);
    if (definition.type === "boolean") {
      if (value !== undefined) throw new UserError(`--${long} takes no value: leave out "=${value}"`);
    } else if (isOptional(definition)) {
      if (value === "") throw new UserError(`--${long}= needs a value: give one, or --${long} alone`);
    } else if (value === "" || (value === undefined && ++i >= rawArgs.length)) {
      throw new UserError(`--${long} needs a value: --${long} ${definition.valueHint}`);
    }
  }
}

/** A flag whose value may be left out has a hint such as "[=PORT]"; it is never in the next word. */
function isOptional({ valueHint }: ArgDef): boolean {
  return valueHint?.startsWith("[=") ?? false;
}

/** Gives citty, which knows no optional values, an empty one: --gdb becomes --gdb=. */
export function withEmptyValues(rawArgs: readonly string[], { args }: Command): string[] {
  const flags = flagsOf(args).flatMap(([, flag]) => (isOptional(flag) ? flag.forms : []));
  return rawArgs.map((arg) => (flags.includes(arg) ? `${arg}=` : arg));
}

/** A number of seconds from a flag, more than 0. */
export function secondsFlag(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const seconds = Number(value);
  if (/^[\d.]+$/.test(value) && seconds > 0) return seconds;
  throw new UserError(`--${name} ${value} is not a number of seconds: give a number above 0, as in --${name} 2.5`);
}

/** A TCP port from a flag with an optional value; 0 stands for any that is free. */
export function portFlag(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const port = Number(value);
  if (/^\d*$/.test(value) && port < 65536) return port;
  throw new UserError(`--${name}=${value} is not a port: give a number from 1 to 65535, or --${name} alone`);
}

/** What the emulated CPU has besides its own, as QEMU calls it. */
export function cpuFlag(features: string | undefined): { tscDeadline?: boolean } {
  if (features === undefined) return {};
  if (features === "+tsc-deadline") return { tscDeadline: true };
  throw new UserError(`--cpu ${features} is unknown: give +tsc-deadline`);
}

export const CPU_FLAG = {
  type: "string",
  valueHint: "+FEATURE",
  description:
    "what an emulated x86 CPU has besides its own: +tsc-deadline, the mode of the APIC's timer that Intel's have",
} as const;

/** The engines of the design; this version has the first. */
export function engineFlag(engine: string | undefined): Engine | undefined {
  if (engine === undefined || engine === "aot" || engine === "wasm3") return engine;
  throw new UserError(`--engine ${engine} is unknown: give aot or wasm3, or leave it out`);
}

function split(arg: string): [flag: string, value: string | undefined] {
  const equals = arg.indexOf("=");
  return equals < 0 ? [arg, undefined] : [arg.slice(0, equals), arg.slice(equals + 1)];
}

/** The flags of a command with the forms they may be written in: --board, -b. */
function flagsOf(args: ArgsDef): [long: string, flag: ArgDef & { forms: string[] }][] {
  return Object.entries(args).map(([long, flag]) => {
    const aliases = "alias" in flag ? [flag.alias ?? []].flat() : [];
    return [long, { ...flag, forms: [`--${long}`, ...aliases.map((alias) => `-${alias}`)] }];
  });
}

function suggestion(flag: string, command: string, args: ArgsDef): string {
  const near = nearest(flag.replace(/^-+/, ""), Object.keys(args));
  return near === undefined ? `: see jh-inmate help ${command}` : `: did you mean --${near}?`;
}
