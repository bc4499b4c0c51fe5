/**
 * Walks AssemblyScript's syntax tree and lets a visitor replace expressions, knowing which names of the file are
 * shadowed where.
 */
import type * as assemblyscript from "assemblyscript";
import type { Node, Source, Statement } from "assemblyscript";

export type Syntax = typeof assemblyscript;
/** Called for each node after its children; what it returns takes the node's place. */
export type Visitor = (node: Node, isShadowed: (name: string) => boolean) => Node;

type Fields = Record<string, unknown>;

export function rewrite(syntax: Syntax, source: Source, visitor: Visitor): void {
  const shadows: ReadonlySet<string>[] = [];
  const isShadowed = (name: string) => shadows.some((names) => names.has(name));

  const visit = (node: Node): Node => {
    const names = namesDeclaredBy(syntax, node);
    if (names.size > 0) shadows.push(names);
    const fields = node as unknown as Fields;
    for (const [key, value] of Object.entries(fields)) {
      if (key === "range") continue;
      if (value instanceof syntax.Node) fields[key] = visit(value);
      else if (Array.isArray(value)) visitEach(value);
    }
    if (names.size > 0) shadows.pop();
    return visitor(node, isShadowed);
  };
  const visitEach = (list: unknown[]) => {
    for (const [i, item] of list.entries()) if (item instanceof syntax.Node) list[i] = visit(item);
  };

  visitEach(source.statements);
}

/** Names that hold inside of the node. Top-level declarations are left out: they cannot bear the name of an import. */
function namesDeclaredBy(syntax: Syntax, node: Node): ReadonlySet<string> {
  if (node instanceof syntax.FunctionDeclaration) {
    return new Set(node.signature.parameters.map((parameter) => parameter.name.text));
  }
  if (node instanceof syntax.BlockStatement) return namesOf(syntax, node.statements);
  if (node instanceof syntax.ForStatement && node.initializer) return namesOf(syntax, [node.initializer]);
  if (node instanceof syntax.ForOfStatement) return namesOf(syntax, [node.variable]);
  if (node instanceof syntax.NamespaceDeclaration) return namesOf(syntax, node.members);
  if (node instanceof syntax.SwitchStatement)
    return namesOf(
      syntax,
      node.cases.flatMap((branch) => branch.statements),
    );
  return new Set();
}

function namesOf(syntax: Syntax, statements: readonly Statement[]): ReadonlySet<string> {
  return new Set(
    statements.flatMap((statement) => {
      if (statement instanceof syntax.VariableStatement) return statement.declarations.map((one) => one.name.text);
      return statement instanceof syntax.DeclarationStatement ? [statement.name.text] : [];
    }),
  );
}
