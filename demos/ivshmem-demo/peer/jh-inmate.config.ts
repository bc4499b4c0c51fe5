import { defineInmate } from "jh-inmate/config";

export default defineInmate({ name: "ivshmem-peer", entry: "../main.ts", board: "qemu-arm64" });
