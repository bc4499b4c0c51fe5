import { defineCell, qemuX86 } from "jh-inmate/config";

export default defineCell({ board: qemuX86, extend: "tiny-demo" });
