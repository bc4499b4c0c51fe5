/** What an expression of a source file means in the SDK: `console.log`, however the file has imported it. */
import type { Expression, Source } from "assemblyscript";
import type { Syntax } from "./syntax-walk.ts";

const SDK = "~lib/jh-inmate";
/** Exports of the SDK's index that are no module of their own name. */
const INDEX: Readonly<Record<string, string>> = { panic: "fault.panic", dec: "format.dec", hex: "format.hex" };

export const sdkPath = (module: string): string => `jh-inmate/${module}`;

export function isSdk(source: Source): boolean {
  return source.internalPath.startsWith(`${SDK}/`);
}

/** A file of the user's: not of the standard library, nor of a package. */
export function isProgram(source: Source): boolean {
  return !source.internalPath.startsWith("~lib/");
}

/** Full names like `console.log` by local name; "" stands for the whole index. */
export type Imports = ReadonlyMap<string, string>;

export function importsOf(syntax: Syntax, source: Source): Imports {
  const names = new Map<string, string>();
  for (const statement of source.statements) {
    if (!(statement instanceof syntax.ImportStatement)) continue;
    const path = statement.internalPath;
    if (path !== SDK && !path.startsWith(`${SDK}/`)) continue;
    const module = path === SDK ? "" : path.slice(SDK.length + 1).replace(/^index$/, "");
    if (statement.namespaceName) names.set(statement.namespaceName.text, module);
    for (const one of statement.declarations ?? []) names.set(one.name.text, member(module, one.foreignName.text));
  }
  return names;
}

function member(module: string, name: string): string {
  return module === "" ? (INDEX[name] ?? name) : `${module}.${name}`;
}

/** Full name of what the expression refers to; undefined when that is nothing of the SDK. */
export function nameOf(
  syntax: Syntax,
  imports: Imports,
  isShadowed: (name: string) => boolean,
  expression: Expression,
): string | undefined {
  if (expression instanceof syntax.IdentifierExpression) {
    return isShadowed(expression.text) ? undefined : imports.get(expression.text);
  }
  if (!(expression instanceof syntax.PropertyAccessExpression)) return undefined;
  const module = nameOf(syntax, imports, isShadowed, expression.expression);
  return module === undefined ? undefined : member(module, expression.property.text);
}
