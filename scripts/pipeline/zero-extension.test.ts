import { expect, test } from "vitest";
import { withoutZeroExtensions } from "./zero-extension.ts";

const EXTENSION = "\tmovl\t%esi, %esi";
const remains = (...lines: string[]) => withoutZeroExtensions(["f:", ...lines].join("\n")).includes(EXTENSION);

test("a list: what the load and the way into the loop have extended is not extended again", () => {
  const list = [
    "\tmovl\t%edx, %esi",
    "\ttestl\t%edx, %edx",
    "\tje\t.LBB0_3",
    ".LBB0_2:                                # =>This Inner Loop Header",
    "\tleal\t(%rax,%rax,4), %eax",
    EXTENSION,
    "\taddl\tlinear_memory+4(%rsi), %eax",
    "\tmovl\tlinear_memory(%rsi), %esi      # to the next",
    "\ttestl\t%esi, %esi",
    "\tjne\t.LBB0_2",
    ".LBB0_3:",
    "\tretq",
  ];
  expect(remains(...list)).toBe(false);
  expect(withoutZeroExtensions(list.join("\n")).split("\n")).toEqual(list.filter((line) => line !== EXTENSION));
});

test.each([
  ["an argument", []],
  ["a result", ["\tmovl\t$1, %esi", "\tcallq\tg"]],
  ["64 bits", ["\tmovl\t$1, %esi", "\taddq\t%rax, %rsi"]],
  ["a move of 64 bits", ["\tmovl\t$1, %esi", "\tmovq\t%rdi, %rsi"]],
  ["16 bits of an argument", ["\tmovw\t$1, %si"]],
  ["a comparison", ["\tcmpl\t$1, %esi"]],
  ["a sign extension", ["\tmovl\t$1, %esi", "\tmovslq\t%esi, %rsi"]],
  ["an unknown instruction", ["\tmovl\t$1, %esi", "\txchgq\t%rsi, (%rax)"]],
  ["an instruction for strings", ["\tmovl\t$1, %esi", "\trep;movsb\t(%rsi), %es:(%rdi)"]],
  ["assembly of ours", ["\tmovl\t$1, %esi", "\t#APP", "\tmovq\t$-1, %rsi", "\t#NO_APP"]],
  ["another function", ["\tmovl\t$1, %esi", "g:"]],
  ["another way to a label", ["\ttestl\t%eax, %eax", "\tje\t.LBB0_1", "\tmovl\t$1, %esi", ".LBB0_1:"]],
  ["a label in a table", ["\t.section\t.rodata", "\t.quad\t.LBB0_1", "\t.text", "\tmovl\t$1, %esi", ".LBB0_1:"]],
])("not known to be extended: %s", (_, lines) => {
  expect(remains(...lines, EXTENSION)).toBe(true);
});

test.each([
  ["a loop's way back may spoil it", "\taddq\t$1, %rsi", true],
  ["or keep it", "\taddl\t$1, %esi", false],
])("%s", (_, step, kept) => {
  expect(remains("\tmovl\t$1, %esi", ".LBB0_1:", EXTENSION, step, "\tjne\t.LBB0_1", "\tretq")).toBe(kept);
});

test.each([
  ["a move of what is extended", ["\tmovl\t$1, %edi", "\tmovq\t%rdi, %rsi"]],
  ["bytes written into it", ["\tmovl\t$1, %esi", "\tsete\t%sil"]],
  ["a conditional move", ["\tcmovel\t%eax, %esi"]],
  ["stores and comparisons behind it", ["\tmovl\t$1, %esi", "\tmovq\t%rsi, 8(%rax,%rcx,4)", "\tcmpq\t$8, %rsi"]],
  [
    "debug information behind it",
    ["\tmovl\t$1, %esi", ".Ltmp1:", "\t.loc\t1 5 3", "\t.section\t.debug_info", "\t.long\t.Ltmp1", "\t.text"],
  ],
])("known to be extended: %s", (_, lines) => {
  expect(remains(...lines, EXTENSION)).toBe(false);
});
