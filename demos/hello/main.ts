import { console } from "jh-inmate";

console.log("Hello from TypeScript!");
