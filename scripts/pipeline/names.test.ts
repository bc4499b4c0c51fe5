import { expect, test } from "vitest";
import { codeStyle, functionName } from "./names.ts";

test.each([
  ["w2c_app_main0x2Fdivide", "divide"],
  ["w2c_app_main0x2FMotor0x23ratio", "Motor.ratio"],
  ["w2c_app_main0x2FMotor0x23get0x3Aspeed", "Motor.speed"],
  ["w2c_app_start0x3Amain", "top level"],
  ["w2c_app_start0x3Amain0x7Eanonymous0x7C0", "(anonymous)"],
  ["w2c_app_0x7Elib0x2Fjh0x2Dinmate0x2Ftimer0x2Fat", "timer.at"],
  ["w2c_app_0x7Elib0x2Frt0x2Fstub0x2F_0x5Fnew", "__new"],
  ["memcpy", "memcpy"],
])("%s is called %s", (cName, name) => {
  expect(functionName(cName)).toBe(name);
});

test("the SDK's talk is cold, its interrupt path and the user's code are not", () => {
  expect(codeStyle("w2c_app_0x7Elib0x2Fjh0x2Dinmate0x2Fprint0x2Fbyte")).toBe("COLD");
  expect(codeStyle("w2c_app_0x7Elib0x2Fjh0x2Dinmate0x2Fgic0x2Fgicv30x2Fdispatch")).toBeUndefined();
  expect(codeStyle("w2c_app_main0x2Fdivide")).toBeUndefined();
  expect(codeStyle("w2c_app_start0x3Amain")).toBe("NOINLINE");
});
