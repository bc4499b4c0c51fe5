import { defineInmate } from "jh-inmate/config";

// Of the boards of cell.ts the one that is meant without --board.
export default defineInmate({ board: "qemu-arm64" });
