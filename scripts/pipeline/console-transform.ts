/**
 * A transform of asc, between parsing and compiling: what a program prints never becomes a string object.
 *
 * `console.log(`a ${x} b`)` becomes a call of a new function of the same file, `console.log~1(x)`, which prints the
 * literal pieces as bytes of static memory and the values by the generic functions of sdk/print.ts. So the values are
 * evaluated first and in order, as in TypeScript, and then printed; nothing is allocated. New nodes bear the ranges of
 * those whose place they take: lines stay true.
 *
 * Likewise `console.write` and `panic`. Names of arguments (`args.int("led-pin")`) and the SDK's `ascii("…")` become
 * bytes too.
 */
import type {
  ArrowKind,
  CallExpression,
  CommonFlags,
  Expression,
  Node,
  ParameterKind,
  Parser,
  Range,
  Source,
  Statement,
} from "assemblyscript";
import { type Meaning, type Piece, piecesOf } from "./print-pieces.ts";
import { importsOf, isProgram, isSdk, nameOf, sdkPath } from "./sdk-names.ts";
import { rewrite, type Syntax } from "./syntax-walk.ts";

interface Printer {
  readonly label: string;
  readonly end: string;
  /** Module of the SDK, and its functions to call before and after the pieces. */
  readonly around: readonly [module: string, before: string, after: string];
  /** Literal text needs them, too. */
  readonly always?: boolean;
}
const PRINTERS: Readonly<Record<string, Printer>> = {
  "console.log": { label: "console.log", end: "\n", around: ["turns", "begin", "end"] },
  "console.write": { label: "console.write", end: "", around: ["turns", "begin", "end"] },
  "fault.panic": { label: "panic", end: "", around: ["fault", "panicBegins", "panicEnds"], always: true },
};
/** A module of AssemblyScript's library, and the namespace in it. */
const MEMORY = "memory";
const NAME_READERS = new Set(["args.has", "args.int", "args.bool", "args.text"]);

// The compiler's enumerations have no values at run time.
const NO_FLAGS = 0 as CommonFlags;
const GENERIC = 0x10000 as CommonFlags;
const DEFAULT_PARAMETER = 0 as ParameterKind;
const NO_ARROW = 0 as ArrowKind;

export class ConsoleTransform {
  async afterParse(parser: Parser): Promise<void> {
    const syntax = await import("assemblyscript");
    for (const source of parser.sources) if (this.concerns(source)) new Rewriting(syntax, source).run();
  }

  concerns(source: Source): boolean {
    return isSdk(source) || isProgram(source);
  }
}

/** Leaves the program as it is written. */
export class SdkTransform extends ConsoleTransform {
  override concerns(source: Source): boolean {
    return isSdk(source);
  }
}

class Rewriting {
  readonly #syntax: Syntax;
  readonly #source: Source;
  readonly #added: Statement[] = [];
  /** SDK modules that new code refers to, and where it did first. */
  readonly #needed = new Map<string, Range>();
  /** Where static memory was needed first. */
  #usesMemory: Range | undefined;
  #functions = 0;

  constructor(syntax: Syntax, source: Source) {
    this.#syntax = syntax;
    this.#source = source;
  }

  run(): void {
    const imports = importsOf(this.#syntax, this.#source);
    if (imports.size === 0) return;
    rewrite(this.#syntax, this.#source, (node, isShadowed) => {
      if (!(node instanceof this.#syntax.CallExpression)) return node;
      const meaning = (expression: Expression) => nameOf(this.#syntax, imports, isShadowed, expression);
      return this.#call(node, meaning(node.expression), meaning);
    });
    const { Node } = this.#syntax;
    for (const [module, range] of this.#needed) {
      const path = Node.createStringLiteralExpression(sdkPath(module), range);
      const name = Node.createIdentifierExpression(localName(module), range);
      this.#added.push(Node.createWildcardImportStatement(name, path, range));
    }
    if (this.#usesMemory) this.#added.push(this.#importMemory(this.#usesMemory));
    this.#source.statements.push(...this.#added);
  }

  /** AssemblyScript's own, by a name that no program has. */
  #importMemory(range: Range): Statement {
    const { Node } = this.#syntax;
    const identifier = (name: string) => Node.createIdentifierExpression(name, range);
    const declaration = Node.createImportDeclaration(identifier(MEMORY), identifier(localName(MEMORY)), range);
    return Node.createImportStatement([declaration], Node.createStringLiteralExpression(MEMORY, range), range);
  }

  #call(node: CallExpression, name: string | undefined, meaning: Meaning): Node {
    const [argument] = node.args;
    if (name === undefined || argument === undefined) return node;
    const printer = PRINTERS[name];
    if (printer && node.args.length === 1) {
      const pieces = piecesOf(this.#syntax, argument, meaning);
      return pieces ? this.#print(node, printer, pieces) : node;
    }
    const callee = node.expression;
    const reader =
      NAME_READERS.has(name) && callee instanceof this.#syntax.PropertyAccessExpression ? callee : undefined;
    if (name !== "ascii.ascii" && !reader) return node;
    const [literal, ...more] = joined(piecesOf(this.#syntax, argument, meaning) ?? []);
    if (literal?.kind !== "text" || more.length > 0) return node;
    const bytes = this.#static(`${literal.text}\0`, argument.range);
    if (!reader) return bytes;
    const { property } = reader;
    reader.property = this.#syntax.Node.createIdentifierExpression(`${property.text}Named`, property.range);
    node.args[0] = bytes;
    return node;
  }

  #print(call: CallExpression, printer: Printer, given: readonly Piece[]): Expression {
    const { Node } = this.#syntax;
    const { range } = call;
    const pieces = joined([...given, { kind: "text", text: printer.end, range }]);
    const [only] = pieces;
    if (only?.kind === "text" && pieces.length === 1 && !printer.always) return this.#text(only);

    const values: Expression[] = [];
    const parameters: { type: string; generic: boolean; range: Range }[] = [];
    const parameter = (value: Expression, type?: string): Expression => {
      parameters.push({ type: type ?? `T${values.length}`, generic: type === undefined, range: value.range });
      return Node.createIdentifierExpression(`v${values.push(value) - 1}`, value.range);
    };
    const body = pieces.map((piece) => {
      if (piece.kind === "text") return this.#text(piece);
      const value = parameter(piece.value);
      if (piece.kind === "value") return this.#sdk("print", "put", [value], piece.value.range);
      return this.#sdk("print", piece.kind, [value, parameter(piece.size, "i32")], piece.value.range);
    });
    const [module, before, after] = printer.around;
    body.unshift(this.#sdk(module, before, [], range));
    body.push(this.#sdk(module, after, [], range));

    const name = Node.createIdentifierExpression(`${printer.label}~${++this.#functions}`, range);
    const types = parameters.map(({ type, range }) =>
      Node.createNamedType(Node.createSimpleTypeName(type, range), null, false, range),
    );
    const generics = parameters
      .filter(({ generic }) => generic)
      .map(({ type, range }) =>
        Node.createTypeParameter(Node.createIdentifierExpression(type, range), null, null, range),
      );
    const list = types.map((type, i) =>
      Node.createParameter(
        DEFAULT_PARAMETER,
        Node.createIdentifierExpression(`v${i}`, type.range),
        type,
        null,
        type.range,
      ),
    );
    const nothing = Node.createNamedType(Node.createSimpleTypeName("void", range), null, false, range);
    this.#added.push(
      Node.createFunctionDeclaration(
        name,
        null,
        generics.length > 0 ? GENERIC : NO_FLAGS,
        generics.length > 0 ? generics : null,
        Node.createFunctionType(list, nothing, null, false, range),
        Node.createBlockStatement(
          body.map((one) => Node.createExpressionStatement(one)),
          range,
        ),
        NO_ARROW,
        range,
      ),
    );
    return Node.createCallExpression(Node.createIdentifierExpression(name.text, range), null, values, range);
  }

  #text({ text, range }: { text: string; range: Range }): Expression {
    const length = this.#integer(new TextEncoder().encode(text).length, range);
    return this.#sdk("print", "bytes", [this.#static(text, range), length], range);
  }

  /** Call of a function of the SDK. */
  #sdk(module: string, name: string, args: Expression[], range: Range): Expression {
    const { Node } = this.#syntax;
    if (!this.#needed.has(module)) this.#needed.set(module, range);
    const space = Node.createIdentifierExpression(localName(module), range);
    const target = Node.createPropertyAccessExpression(space, Node.createIdentifierExpression(name, range), range);
    return Node.createCallExpression(target, null, args, range);
  }

  #integer(value: number, range: Range): Expression {
    return this.#syntax.Node.createIntegerLiteralExpression(i64_new(value), range);
  }

  /** `memory.data<u8>([…], 1)`: the address of the text in UTF-8. */
  #static(text: string, range: Range): Expression {
    const { Node } = this.#syntax;
    this.#usesMemory ??= range;
    const data = Node.createPropertyAccessExpression(
      Node.createIdentifierExpression(localName(MEMORY), range),
      Node.createIdentifierExpression("data", range),
      range,
    );
    const type = Node.createNamedType(Node.createSimpleTypeName("u8", range), null, false, range);
    const bytes = Node.createArrayLiteralExpression(
      Array.from(new TextEncoder().encode(text), (byte) => this.#integer(byte, range)),
      range,
    );
    return Node.createCallExpression(data, [type], [bytes, this.#integer(1, range)], range);
  }
}

const localName = (module: string): string => `${module}~sdk`;

/** Texts that stand side by side become one, empty ones nothing. */
function joined(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (piece.kind !== "text") result.push(piece);
    else if (last?.kind === "text") result[result.length - 1] = { ...last, text: last.text + piece.text };
    else if (piece.text !== "") result.push(piece);
  }
  return result;
}
