/** Takes apart what a program prints: literal pieces, and values with their format. */
import type { Expression, Range } from "assemblyscript";
import type { Syntax } from "./syntax-walk.ts";

export type Piece =
  | { readonly kind: "text"; readonly text: string; readonly range: Range }
  | { readonly kind: "value"; readonly value: Expression }
  | { readonly kind: "decimal" | "hexadecimal"; readonly value: Expression; readonly size: Expression };

/**
 * Functions of the SDK that format a value, the functions of sdk/print.ts that print it so, and the size where none is
 * given.
 */
const FORMATS: Readonly<Record<string, { kind: "decimal" | "hexadecimal"; size: number }>> = {
  "format.dec": { kind: "decimal", size: 0 },
  "format.hex": { kind: "hexadecimal", size: 1 },
};

/** What an expression that is called means in the SDK, by full name. */
export type Meaning = (callee: Expression) => string | undefined;

/**
 * The pieces of a string literal, a template, a number formatted by `dec` or `hex`, or a sum with one of those in it;
 * null for anything else.
 */
export function piecesOf(syntax: Syntax, expression: Expression, meaning: Meaning): Piece[] | null {
  const operand = (inner: Expression): Piece[] => piecesOf(syntax, inner, meaning) ?? [value(syntax, inner)];

  if (expression instanceof syntax.ParenthesizedExpression) return piecesOf(syntax, expression.expression, meaning);
  if (expression instanceof syntax.StringLiteralExpression) {
    return [{ kind: "text", text: expression.value, range: expression.range }];
  }
  if (expression instanceof syntax.TemplateLiteralExpression && !expression.tag) {
    const { parts, expressions, range } = expression;
    return parts.flatMap((text, i) => {
      const inner = expressions[i];
      return [{ kind: "text", text, range } as const, ...(inner ? operand(inner) : [])];
    });
  }
  if (expression instanceof syntax.BinaryExpression && syntax.operatorTokenToString(expression.operator) === "+") {
    const left = piecesOf(syntax, expression.left, meaning);
    const right = piecesOf(syntax, expression.right, meaning);
    if (left || right)
      return [...(left ?? [value(syntax, expression.left)]), ...(right ?? [value(syntax, expression.right)])];
  }
  if (expression instanceof syntax.CallExpression) {
    const format = FORMATS[meaning(expression.expression) ?? ""];
    const [number, size] = expression.args;
    if (!format || !number) return null;
    const usual = syntax.Node.createIntegerLiteralExpression(i64_new(format.size), expression.range);
    return [{ kind: format.kind, value: number, size: size ?? usual }];
  }
  return null;
}

function value(syntax: Syntax, expression: Expression): Piece {
  if (expression instanceof syntax.NullExpression) return { kind: "text", text: "null", range: expression.range };
  return { kind: "value", value: expression };
}
