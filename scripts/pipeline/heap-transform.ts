/**
 * A transform of asc for the runtime "minimal": its allocator (`~lib/rt/tlsf`) takes the memory that it manages from sdk/heap.ts.
 *
 * It knows a compile-time limit, ASC_LOW_MEMORY_LIMIT, which it takes at once and never grows beyond. That is what an inmate needs, but how much
 * RAM is left shows at run time: the constant becomes a call, and the traps at the end of memory one of their own kind.
 */
import type { Node, Parser, Range } from "assemblyscript";
import { sdkPath } from "./sdk-names.ts";
import { rewrite } from "./syntax-walk.ts";

const ALLOCATOR = "~lib/rt/tlsf";
/** For the entry: transforms come too late to have a file read. */
export const HEAP_IMPORT = `import "${sdkPath("heap")}";\n`;
const NAME = "heap~sdk";

export class HeapTransform {
  async afterParse(parser: Parser): Promise<void> {
    const syntax = await import("assemblyscript");
    const { Node: make } = syntax;
    const source = parser.sources.find(({ internalPath }) => internalPath === ALLOCATOR);
    if (!source) return;
    const call = (name: string, range: Range) => {
      const heap = make.createIdentifierExpression(NAME, range);
      const callee = make.createPropertyAccessExpression(heap, make.createIdentifierExpression(name, range), range);
      return make.createCallExpression(callee, null, [], range);
    };
    let changed: Range | undefined;
    rewrite(syntax, source, (node: Node) => {
      if (node instanceof syntax.IdentifierExpression && node.text === "ASC_LOW_MEMORY_LIMIT") {
        changed = node.range;
        return call("limit", node.range);
      }
      if (!(node instanceof syntax.CallExpression && node.expression instanceof syntax.IdentifierExpression))
        return node;
      return node.expression.text === "unreachable" ? call("isFull", node.range) : node;
    });
    if (!changed) throw new Error("AssemblyScript's allocator has no ASC_LOW_MEMORY_LIMIT");
    const path = make.createStringLiteralExpression(sdkPath("heap"), changed);
    source.statements.push(
      make.createWildcardImportStatement(make.createIdentifierExpression(NAME, changed), path, changed),
    );
  }
}
