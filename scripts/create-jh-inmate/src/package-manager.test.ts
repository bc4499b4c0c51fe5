import { expect, test } from "vitest";
import { described, packageManager, script } from "./package-manager.ts";

const of = (agent?: string) => {
  const manager = packageManager(agent);
  return [described(manager, agent), manager.install, script(manager, "start"), script(manager, "build"), manager.exec];
};

test.each([
  ["npm/11.4.0 node/v22.1.0 linux x64", ["npm 11.4.0", "npm install", "npm start", "npm run build", "npx"]],
  ["pnpm/10.2.0 npm/? node/v22.1.0", ["pnpm 10.2.0", "pnpm install", "pnpm start", "pnpm build", "pnpm exec"]],
  ["yarn/4.9.1 npm/? node/v22.1.0", ["yarn 4.9.1", "yarn", "yarn start", "yarn build", "yarn"]],
  ["bun/1.2.0 npm/? node/v22.1.0", ["bun 1.2.0", "bun install", "bun run start", "bun run build", "bunx"]],
  ["something/1.0", ["npm", "npm install", "npm start", "npm run build", "npx"]],
  [undefined, ["npm", "npm install", "npm start", "npm run build", "npx"]],
])("%s", (agent, words) => {
  expect(of(agent)).toEqual(words);
});
