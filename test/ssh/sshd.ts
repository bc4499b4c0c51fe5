/** A real sshd on loopback, with keys of its own, and an `ssh` whose configuration leads there. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

const PLACES = ["/usr/sbin/sshd", "/usr/local/sbin/sshd", "/sbin/sshd"];

export interface Sshd {
  readonly port: number;
  readonly pid: number;
}

/** @param command what it runs in place of every command; @param env its environment. */
export async function startSshd(dir: string, command: string, env: Readonly<Record<string, string>>): Promise<Sshd> {
  const sshd = PLACES.find((path) => existsSync(path));
  if (sshd === undefined) throw new Error("sshd is missing: apt-get install openssh-server");
  // Where it separates privileges, if it has any.
  if (process.getuid?.() === 0) mkdirSync("/run/sshd", { recursive: true });
  for (const key of ["host", "user"].filter((name) => !existsSync(join(dir, name)))) {
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", join(dir, key)]);
  }
  // A free port may be taken by another before sshd has it.
  for (let tries = 0; ; tries++) {
    const port = await freePort();
    const config = [
      `Port ${port}`,
      "ListenAddress 127.0.0.1",
      `HostKey ${dir}/host`,
      `AuthorizedKeysFile ${dir}/user.pub`,
      "StrictModes no",
      "UsePAM no",
      "PermitRootLogin yes",
      "PasswordAuthentication no",
      "KbdInteractiveAuthentication no",
      "PidFile none",
      `ForceCommand ${command}`,
      `SetEnv ${Object.entries(env)
        .map(([name, value]) => `"${name}=${value}"`)
        .join(" ")}`,
    ];
    await writeFile(join(dir, "sshd_config"), `${config.join("\n")}\n`);
    const child = spawn(sshd, ["-D", "-e", "-f", join(dir, "sshd_config")], { stdio: ["ignore", "ignore", "pipe"] });
    const said = await firstWords(child);
    if (said.includes("Server listening")) {
      onTestFinished(() => void child.kill());
      await configureClient(dir, port);
      return { port, pid: child.pid as number };
    }
    if (tries === 5) throw new Error(`sshd does not start: ${said}`);
  }
}

async function configureClient(dir: string, port: number): Promise<void> {
  const config = [
    "Host board",
    "  HostName 127.0.0.1",
    `  Port ${port}`,
    "  HostKeyAlias board",
    "Host *",
    `  User ${userInfo().username}`,
    `  IdentityFile ${dir}/user`,
    "  IdentitiesOnly yes",
    `  UserKnownHostsFile ${dir}/known_hosts`,
    "  GlobalKnownHostsFile /dev/null",
  ];
  await writeFile(join(dir, "ssh_config"), `${config.join("\n")}\n`);
  const key = (await readFile(join(dir, "host.pub"), "utf8")).split(" ").slice(0, 2).join(" ");
  await writeFile(join(dir, "known_hosts"), `board ${key}\n[127.0.0.1]:${port} ${key}\n`);
  const ssh = execFileSync("/bin/sh", ["-c", "command -v ssh"], { encoding: "utf8" }).trim();
  mkdirSync(join(dir, "path"), { recursive: true });
  await writeFile(
    join(dir, "path/ssh"),
    `#!/bin/sh\nprintf '%s\\n' "$*" >>${dir}/calls\nexec ${ssh} -F ${dir}/ssh_config "$@"\n`,
  );
  await chmod(join(dir, "path/ssh"), 0o755);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** Up to the line that says whether it listens. */
function firstWords(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stderr?.on("data", (bytes) => {
      said += bytes;
      if (said.includes("Server listening")) resolve(said);
    });
    child.on("error", reject);
    child.on("close", () => resolve(said));
  });
}
