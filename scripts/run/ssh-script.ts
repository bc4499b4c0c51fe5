/** What runs on the target of `--on ssh:HOST`: a shell script, which one connection brings there together with the job's files. */
import { cellCommands, checkNames, programFiles, quote } from "./job-folder.ts";
import type { CellJob } from "./target.ts";

/** Lines of the script's stderr with this in front are for us; all others come from ssh. */
export const MARK = "@jh ";

/** The line of stdout behind which the console begins; a login shell may have printed before it. */
export const CONSOLE = `${MARK}console`;

/**
 * The command line for ssh. It must mean the same to every login shell, so it has one line and no word of a shell's own but in quotes. It
 * takes the script from stdin, up to a line with a dot, and gives it the rest. A read-only or full /tmp is not the only place there is.
 */
export const BOOTSTRAP =
  `exec sh -c 'umask 077; end=; for at in "\${TMPDIR:-/tmp}" /dev/shm /run /var/tmp; do dir=$(mktemp -d "$at/jh-inmate.XXXXXX" 2>/dev/null) && break; done; ` +
  `[ -d "$dir" ] && cd "$dir" && while IFS= read -r line; do case $line in .) end=yes; break;; esac; printf "%s\\n" "$line" || break; done >go && [ -n "$end" ] && exec sh "$dir/go"; ` +
  `echo "${MARK}fail folder" >&2; [ -d "$dir" ] && rm -rf "$dir"; exit 1'`;

export interface Wishes {
  /** Cells of the same names are shut down and destroyed first. */
  readonly replace: boolean;
  /** The cells are left running. */
  readonly detach: boolean;
}

/** What is written to ssh at first: the script. It looks at the target, tells what it has found, and waits for the files. */
export function scriptFor(jobs: readonly CellJob[], { replace, detach }: Wishes): string {
  checkNames(jobs);
  const receive = jobs.flatMap((job) => filesOf(job).map(({ file }) => `receive ${quote(file)}`));
  const functions = jobs.flatMap((job, i) => [
    ...Object.entries(cellCommands(job, ".")).map(([what, command]) => `${what}_${i}() { ${command}; }`),
    `name_${i}=${quote(job.cell.name)}`,
  ]);
  const settings = [`cells="${jobs.map((_, i) => i).join(" ")}"`, `replace=${replace || ""}`, `detach=${detach || ""}`];
  return `${[HEAD, FACTS, ...receive, ...functions, ...settings, BODY].join("\n")}\n.\n`;
}

/** What is written when the target has been checked: the files as the script reads them. */
export function filesFor(jobs: readonly CellJob[]): string {
  const blocks = jobs.flatMap(filesOf);
  return blocks.map(({ bytes }) => `${lines(Buffer.from(bytes).toString("base64"))}.\n`).join("");
}

function filesOf(job: CellJob): { file: string; bytes: Uint8Array }[] {
  return [{ file: `${job.name}.cell`, bytes: job.cellFile }, ...programFiles(job)];
}

/** Short enough for any \`read\`. */
function lines(base64: string): string {
  return base64.replace(/.{1,76}/g, "$&\n");
}

/**
 * Paths: a command by ssh sees fewer folders than a login. Root: the files of the first user are root's to remove, too. A file without its
 * last line means that nobody wants it any more: then the script ends without a word.
 */
export const HEAD = `dir=$\{0%/*}
plain=$PATH
PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/sbin
LC_ALL=C
export PATH LC_ALL
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
  exec sudo -n sh "$0" sudo
fi
receive() {
  while IFS= read -r line; do
    case $line in .) : >whole; break ;; esac
    printf '%s\\n' "$line"
  done 2>/dev/null | base64 -d >"$1" 2>said || fail receive "$1|$(tr '\\n' ' ' <said)"
  [ -e whole ] || exit 1
  rm whole
}
echo '${CONSOLE}'`;

/** What there is to know before anything is changed. Sysfs: jailhouse-abi 7.1. The real-time fork's tool has a command of its own. */
export const FACTS = `sys=/sys/devices/jailhouse
[ "$1" != sudo ] || say fact sudo yes
say fact machine "$(uname -m)"
say fact cpus "$(cat /sys/devices/system/cpu/present 2>/dev/null)"
if tool=$(command -v jailhouse); then
  if (PATH=$plain; command -v jailhouse) >/dev/null; then say fact tool jailhouse; else say fact tool "$tool"; fi
  case $(jailhouse --help 2>&1) in *"cell memguard"*) say fact fork yes ;; esac
fi
if [ -d "$sys" ]; then
  say fact enabled "$(cat "$sys/enabled")"
  for at in "$sys"/cells/*; do
    [ ! -e "$at/name" ] || say fact cell "\${at##*/}|$(cat "$at/state")|$(cat "$at/cpus_assigned_list")|$(cat "$at/name")"
  done
fi
grep -i -e 'system ram' -e reserved -e 'jailhouse hypervisor' /proc/iomem 2>/dev/null | sed 's/^/${MARK}fact memory /' >&2
say checked`;

/**
 * Creates, loads and starts the cells, then tells their states until all have ended or stdin says to stop; the end of stdin says so, too,
 * and so does a minute without a word from there: nothing is left behind when the connection breaks or nobody answers any more.
 * To create a cell under a name that there is already fails with EEXIST, but with EINVAL if the hypervisor does not take the file: so the
 * cell to be replaced is not touched for a file that cannot replace it.
 */
const BODY = `cell() {
  for at in "$sys"/cells/*; do
    [ "$(cat "$at/name" 2>/dev/null)" != "$1" ] || { echo "$at"; return; }
  done
}
state() { cat "$(cell "$1")/state" 2>/dev/null; }
nap() { sleep 0.1 2>/dev/null || sleep 1; }
log() { dmesg 2>/dev/null | sed -n 's/^.*jailhouse: \\(Not a cell\\|Configuration\\)/\\1/p'; }
said() { tr '\\n' ' ' <said; }
step() {
  [ ! -e stop ] || exit 1
  say step "$1" "$2"
  logged=$(log | wc -l)
  "$1_$2" >said 2>&1
}
refuse() { fail "$1" "$2" "$(said)|$(log | sed -n "$((logged + 1)),\\$p" | tail -n 1)"; }
each() {
  for i in $cells; do
    step "$1" "$i" || refuse "$1" "$i"
    eval "name=\\$name_$i"
    [ -n "$(cell "$name")" ] || fail nothing "$i"
    [ "$1" != create ] || created="$created $i"
  done
}
replace() {
  step create "$1" && fail nothing "$1"
  case $(said) in *': File exists '*) ;; *) refuse create "$1" ;; esac
  eval "name=\\$name_$1"
  case $(state "$name") in
    running*)
      if ! step shutdown "$1"; then
        case $(said) in *': Operation not permitted '*) ;; *) refuse shutdown "$1" ;; esac
        say again "$1"
        sleep 1
        step shutdown "$1" || refuse shutdown "$1"
      fi ;;
  esac
  step destroy "$1" || refuse destroy "$1"
  say replaced "$1"
}
tell() {
  running=
  for i in $cells; do
    eval "name=\\$name_$i before=\\$state_$i"
    at=$(cell "$name")
    now="$(cat "$at/state" 2>/dev/null)|$(cat "$at/cpus_failed_list" 2>/dev/null)"
    [ "$now" = "$before" ] || say state "$i" "$now"
    eval "state_$i=\\$now"
    case $now in running*) running=yes ;; esac
  done
}
listener= follower= reader= created=
finish() {
  trap - EXIT
  for i in $created; do "shutdown_$i" >/dev/null 2>&1; done
  [ -z "$listener" ] || kill "$listener" 2>/dev/null
  [ -z "$follower" ] || { nap; kill "$follower"; wait "$reader"; } 2>/dev/null
  for i in $created; do
    eval "name=\\$name_$i"
    [ -z "$(cell "$name")" ] || "destroy_$i" >said 2>&1 || say kept "$i" "$(said)"
  done
  cd / && rm -rf "$dir"
}
trap finish EXIT

exec 3<&0
{ while read -r word; do : >"$word"; done; : >stop; } <&3 >/dev/null 2>&1 &
listener=$!

# The hypervisor keeps the last of its console: what is there already is not ours.
if [ -n "$detach" ]; then
  :
elif jailhouse console >before 2>said; then
  mkfifo console
  jailhouse console -f >console 2>/dev/null &
  follower=$!
  { dd bs=1 count="$(wc -c <before)" of=/dev/null 2>/dev/null; cat; } <console &
  reader=$!
else
  say silent "$(said)"
fi

if [ -n "$replace" ]; then
  for i in $cells; do
    eval "name=\\$name_$i"
    [ -z "$(cell "$name")" ] || replace "$i"
  done
fi
each create
each load
each start
say started
if [ -n "$detach" ]; then
  nap; nap; nap
  tell
  created=
  exit 0
fi

silence=0
while [ ! -e stop ]; do
  tell
  [ -n "$running" ] || break
  if [ -e shutdown ]; then
    rm shutdown
    for i in $cells; do
      "shutdown_$i" >said 2>&1 || say refused "$i" "$(said)"
    done
  fi
  if [ -e alive ]; then rm alive; silence=0; else silence=$((silence + 1)); fi
  [ "$silence" -lt 600 ] || exit 1
  nap
done
exit 0`;
