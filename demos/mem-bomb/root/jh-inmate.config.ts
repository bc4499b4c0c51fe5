import { defineInmate } from "jh-inmate/config";

// As the bomb's.
export default defineInmate({ board: "qemu-arm64" });
