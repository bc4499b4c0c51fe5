/** What runs on the target of `--on ssh:HOST`: a shell script, which one connection brings there together with the job's files. */
import { cellCommands, checkNames, programOf, quote } from "./job-folder.ts";
import type { CellJob } from "./target.ts";

/** Lines of the script's stderr with this in front are for us; all others come from ssh. */
export const MARK = "@jh ";

/**
 * The command line for ssh. It must mean the same to every login shell, so it has one line and no word of a shell's own but in quotes. It
 * takes the script from stdin, up to a line with a dot, and gives it the rest.
 */
export const BOOTSTRAP =
  'exec sh -c \'umask 077; dir=$(mktemp -d) && cd "$dir" && while IFS= read -r line; do case $line in .) break;; esac; printf "%s\\n" "$line"; done >go && exec sh "$dir/go"\'';

/** What is written to ssh before the commands: the script, then the files as it reads them. */
export function upload(jobs: readonly CellJob[]): string {
  checkNames(jobs);
  const files = jobs.flatMap((job) => [
    { name: `${job.name}.cell`, bytes: job.cellFile },
    { name: `${job.name}.bin`, bytes: programOf(job).bytes },
  ]);
  const receive = files.map(({ name }) => `receive ${quote(name)}`);
  const blocks = files.map(({ bytes }) => `${lines(Buffer.from(bytes).toString("base64"))}.\n`);
  return `${script(jobs, receive)}\n.\n${blocks.join("")}`;
}

/** Short enough for any `read`. */
function lines(base64: string): string {
  return base64.replace(/.{1,76}/g, "$&\n");
}

function script(jobs: readonly CellJob[], receive: readonly string[]): string {
  const functions = jobs.flatMap((job, i) => [
    ...Object.entries(cellCommands(job, ".")).map(([what, command]) => `${what}_${i}() { ${command}; }`),
    `name_${i}=${quote(job.cell.name)}`,
  ]);
  return [HEAD, ...receive, ...functions, `cells="${jobs.map((_, i) => i).join(" ")}"`, BODY].join("\n");
}

/** Paths: a command by ssh sees fewer folders than a login. Root: the files of the first user are root's to remove, too. */
const HEAD = `dir=$\{0%/*}
PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/sbin
trap '' PIPE
say() { printf '${MARK}%s\\n' "$*" >&2; }
fail() { say fail "$@"; exit 1; }
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
cd "$dir" || exit 1
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null || fail root "$(id -un)"
  sudo -n true 2>/dev/null || fail root "$(id -un)"
  trap - EXIT
  exec sudo -n sh "$0"
fi
receive() {
  while IFS= read -r line; do
    case $line in .) break ;; esac
    printf '%s\\n' "$line"
  done | base64 -d >"$1" || fail receive "$1"
}`;

/**
 * Creates, loads and starts the cells, then tells their states until all have ended or stdin says to stop; the end of stdin says so, too,
 * so that nothing is left behind when the connection breaks. Sysfs: jailhouse-abi 7.1.
 */
const BODY = `sys=/sys/devices/jailhouse
cell() {
  for at in "$sys"/cells/*; do
    [ "$(cat "$at/name" 2>/dev/null)" != "$1" ] || { echo "$at"; return; }
  done
}
state() { cat "$(cell "$1")/state" 2>/dev/null; }
nap() { sleep 0.1 2>/dev/null || sleep 1; }
each() {
  for i in $cells; do
    "$1_$i" >said 2>&1 || fail "$1" "$i" "$(tr '\\n' ' ' <said)"
    [ "$1" != create ] || created="$created $i"
  done
}
listener= follower= reader= created=
finish() {
  trap - EXIT
  for i in $created; do "shutdown_$i" >/dev/null 2>&1; done
  [ -z "$listener" ] || kill "$listener" 2>/dev/null
  [ -z "$follower" ] || { nap; kill "$follower"; wait "$reader"; } 2>/dev/null
  for i in $created; do
    "destroy_$i" >said 2>&1 || say kept "$i" "$(tr '\\n' ' ' <said)"
  done
  cd / && rm -rf "$dir"
}
trap finish EXIT

command -v jailhouse >/dev/null || fail tool
[ -d "$sys" ] || fail driver
[ "$(cat "$sys/enabled")" = 1 ] || fail disabled
for i in $cells; do
  eval "name=\\$name_$i"
  [ -z "$(cell "$name")" ] || fail exists "$i" "$(state "$name")"
done

# The hypervisor keeps the last of its console: what is there already is not ours.
if jailhouse console >before 2>said; then
  mkfifo console
  jailhouse console -f >console 2>/dev/null &
  follower=$!
  { dd bs=1 count="$(wc -c <before)" of=/dev/null 2>/dev/null; cat; } <console &
  reader=$!
else
  say silent "$(tr '\\n' ' ' <said)"
fi

each create
each load
each start
say started
exec 3<&0
{ while read -r word; do : >"$word"; done; : >stop; } <&3 >/dev/null 2>&1 &
listener=$!

asked=
while [ ! -e stop ]; do
  running=
  for i in $cells; do
    eval "name=\\$name_$i before=\\$state_$i"
    now=$(state "$name")
    [ "$now" = "$before" ] || say state "$i" "$now"
    eval "state_$i=\\$now"
    case $now in running*) running=yes ;; esac
  done
  [ -n "$running" ] || break
  if [ -z "$asked" ] && [ -e shutdown ]; then
    asked=yes
    for i in $cells; do
      "shutdown_$i" >said 2>&1 || say refused "$i" "$(tr '\\n' ' ' <said)"
    done
  fi
  nap
done
exit 0`;
