import { defineInmate } from "jh-inmate/config";

// The one of the two boards of cell.ts that is meant without --board.
export default defineInmate({ board: "qemu-arm64" });
