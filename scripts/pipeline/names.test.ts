import { expect, test } from "vitest";
import { functionName } from "./names.ts";

test.each([
  ["w2c_app_main0x2Fdivide", "divide"],
  ["w2c_app_main0x2FMotor0x23ratio", "Motor.ratio"],
  ["w2c_app_main0x2FMotor0x23get0x3Aspeed", "Motor.speed"],
  ["w2c_app_start0x3Amain", "top level"],
  ["w2c_app_start0x3Amain0x7Eanonymous0x7C0", "(anonymous)"],
  ["w2c_app_0x7Elib0x2Fjh0x2Dinmate0x2Ftimer0x2Fat", "timer.at"],
  ["w2c_app_0x7Elib0x2Frt0x2Fstub0x2F_0x5Fnew", "__new"],
  ["w2c_app_main0x2Fconsole0x2Elog0x7E10x3Cu640x3E", "console.log"],
  ["memcpy", "memcpy"],
])("%s is called %s", (cName, name) => {
  expect(functionName(cName)).toBe(name);
});
