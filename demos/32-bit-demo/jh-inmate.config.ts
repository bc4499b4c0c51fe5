import { defineInmate } from "jh-inmate/config";

export default defineInmate({ bits: 32 });
