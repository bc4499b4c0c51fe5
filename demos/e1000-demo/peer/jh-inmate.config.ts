import { defineInmate } from "jh-inmate/config";

export default defineInmate({ name: "e1000-peer", entry: "../main.ts" });
