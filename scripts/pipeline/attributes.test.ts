import { expect, test } from "vitest";
import { attributesOf } from "./attributes.ts";

const SDK = "w2c_app_0x7Elib0x2Fjh0x2Dinmate0x2F";
const item = (name: string, ...lines: string[]) => {
  const head = `void ${name}(w2c_app* instance) {`;
  return { comment: undefined, head, text: [head, ...lines, "}"].join("\n") };
};

test("the SDK's talk is cold, its interrupt path and the user's code are not", () => {
  const items = [
    `${SDK}print0x2Fbyte`,
    `${SDK}machine0x2Fgic0x2Fgicv30x2Fdispatch`,
    `${SDK}handlers0x2Fdispatch`,
    `${SDK}timer0x2Fat`,
    "w2c_app_main0x2Fdivide",
  ].map((name) => item(name));
  expect([...attributesOf(items)]).toEqual([
    [`${SDK}print0x2Fbyte`, "COLD"],
    ["w2c_app_main0x2Fdivide", "OWN"],
  ]);
});

test("cold code that hot code calls is not inlined there", () => {
  const items = [item(`${SDK}args0x2Fint`), item("w2c_app_main0x2Frun", `  ${SDK}args0x2Fint(instance);`)];
  expect(attributesOf(items).get(`${SDK}args0x2Fint`)).toBe("COLD NOINLINE");
});

test("top-level code is cold unless it loops", () => {
  expect(attributesOf([item("w2c_app_start0x3Amain")]).get("w2c_app_start0x3Amain")).toBe("OWN_COLD");
  expect(attributesOf([item("w2c_app_start0x3Amain", "  var_L0: ")]).get("w2c_app_start0x3Amain")).toBe("OWN NOINLINE");
  const handler = "w2c_app_start0x3Amain0x7Eanonymous0x7C0";
  expect(attributesOf([item(handler)]).get(handler)).toBe("OWN");
});
