import { defineCell, qemuArm64 } from "jh-inmate/config";

export default defineCell({ board: qemuArm64, extend: "qemu-arm64-inmate-demo", name: "uart-demo", ram: "1M" });
