import { defineInmate } from "jh-inmate/config";

export default defineInmate({ needs: { cpus: 2 } });
