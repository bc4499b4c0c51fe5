/** Takes apart what a program prints: literal pieces, and values with their format. */
import type { Expression, Range } from "assemblyscript";
import type { Syntax } from "./syntax-walk.ts";

export type Piece =
  | { readonly kind: "text"; readonly text: string; readonly range: Range }
  | { readonly kind: "value"; readonly value: Expression }
  | { readonly kind: "decimal" | "hexadecimal"; readonly value: Expression; readonly size: Expression };

/** Functions of the SDK that format a value, the functions of sdk/print.ts that print it so, and the size where none is given. */
const FORMATS: Readonly<Record<string, { kind: "decimal" | "hexadecimal"; size: number }>> = {
  "format.dec": { kind: "decimal", size: 0 },
  "format.hex": { kind: "hexadecimal", size: 1 },
};

/** The pieces of a string literal, a template, or a sum with one of those in it; null for anything else. */
export function piecesOf(
  syntax: Syntax,
  expression: Expression,
  meaning: (callee: Expression) => string | undefined,
): Piece[] | null {
  const value = (operand: Expression): Piece[] => piecesOf(syntax, operand, meaning) ?? [single(operand)];
  const single = (operand: Expression): Piece => {
    if (operand instanceof syntax.NullExpression) return { kind: "text", text: "null", range: operand.range };
    if (operand instanceof syntax.CallExpression) {
      const format = FORMATS[meaning(operand.expression) ?? ""];
      const [inner, size] = operand.args;
      if (format && inner) {
        const fallback = () => syntax.Node.createIntegerLiteralExpression(i64_new(format.size), operand.range);
        return { kind: format.kind, value: inner, size: size ?? fallback() };
      }
    }
    return { kind: "value", value: operand };
  };

  if (expression instanceof syntax.StringLiteralExpression) {
    return [{ kind: "text", text: expression.value, range: expression.range }];
  }
  if (expression instanceof syntax.TemplateLiteralExpression && !expression.tag) {
    const { parts, expressions, range } = expression;
    return parts.flatMap((text, i) => {
      const operand = expressions[i];
      return [{ kind: "text", text, range } as const, ...(operand ? value(operand) : [])];
    });
  }
  if (expression instanceof syntax.BinaryExpression && syntax.operatorTokenToString(expression.operator) === "+") {
    const left = piecesOf(syntax, expression.left, meaning);
    const right = piecesOf(syntax, expression.right, meaning);
    if (left || right) return [...(left ?? [single(expression.left)]), ...(right ?? [single(expression.right)])];
  }
  return null;
}
