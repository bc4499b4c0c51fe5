/** What runs on the target of an experiment: a shell script, brought there as that of `run --on ssh:HOST` is, and the program mem. */
import { FACTS, HEAD } from "../run/ssh-script.ts";
import { BOMB, type BombFlags, commandBits } from "./bomb-control.ts";
import type { SharedMemory } from "./experiments.ts";
import {
  type AxiFilter,
  type Control,
  controlWord,
  filterWord,
  HEADER,
  HEADER_SIZE,
  SAMPLE_SIZE,
} from "./profiler-log.ts";

/** To take over from whoever drives the cell already. */
interface Takeover {
  readonly replace: boolean;
}

export interface ProfileSettings extends Takeover {
  readonly control: Omit<Control, "enabled" | "autostop">;
  readonly maxCount: number;
  readonly axi: AxiFilter;
}

export interface BombSettings extends Takeover {
  readonly flags: Omit<BombFlags, "enable">;
  /** Bytes. */
  readonly size: number;
  /** MemGuard's, cache refills in a millisecond; 0: no limit. */
  readonly budget: number;
}

export function profileScript({ address }: SharedMemory, settings: ProfileSettings): string {
  const { control, maxCount, axi, replace } = settings;
  const word = (enabled: boolean) => controlWord({ ...control, enabled, autostop: true });
  return whole(
    variables({
      control: address + BigInt(HEADER.control),
      bits: "64",
      on: word(true),
      off: word(false),
      count: address + BigInt(HEADER.count),
      max_at: address + BigInt(HEADER.maxCount),
      max: maxCount,
      filter_at: address + BigInt(HEADER.axiValue),
      filter: filterWord(axi),
    }),
    `replace=${replace || ""}`,
    CONTROL,
    // The signature is the top byte. 0 in count, should the profiler go on counting from there.
    `case $word in e7*) ;; *) fail signature "$word" ;; esac
take_over
mem write 64 $count 0 && mem write 32 $max_at $max && mem write 32 $filter_at $filter || exit 1`,
    START,
    'tell() { now=$(mem read 64 $count) || exit 1; [ "$now" = "$told" ] || say count "$now"; told=$now; }',
    WAIT,
    // It notices at its next sample, and may be storing that one now.
    `mem write 64 $control $off || exit 1
last=
while :; do
  now=$(mem read 64 $count) || exit 1
  [ "$now" != "$last" ] || break
  last=$now
  nap
done
[ $((0x$last)) -ge 0 ] && [ $((0x$last)) -le $((0x$max)) ] || fail count "$last"
say log "$last"
./mem /dev/mem copy ${hex(address)} "$(printf %x $((${HEADER_SIZE} + ${SAMPLE_SIZE} * 0x$last)))" 2>said || { [ ! -s said ] || fail memory "$(cat said)"; exit 1; }
exit 0`,
  );
}

export function bombScript({ address }: SharedMemory, settings: BombSettings): string {
  const { flags, size, budget, replace } = settings;
  return whole(
    variables({
      control: address + BigInt(BOMB.command),
      bits: "32",
      size_at: address + BigInt(BOMB.size),
      size,
      budget_at: address + BigInt(BOMB.budget),
      budget,
    }),
    `replace=${replace || ""}`,
    CONTROL,
    // All digits but the last are the bomb's id.
    `on=\${word%?}${hex(commandBits({ ...flags, enable: true }))} off=\${word%?}0
take_over
mem write 32 $size_at $size && mem write 32 $budget_at $budget || exit 1`,
    START,
    "tell() { :; }",
    WAIT,
    "[ -e stop ] || fail cleared\nexit 0",
  );
}

/** What is written when the target has told that it can take the program. */
export function programBlock(program: Uint8Array): string {
  return `${Buffer.from(program)
    .toString("base64")
    .replace(/.{1,76}/g, "$&\n")}.\n`;
}

function whole(...parts: readonly string[]): string {
  return `${[HEAD, KIND, FACTS, RECEIVE, ...parts].join("\n")}\n.\n`;
}

/** Numbers become hexadecimal ones, as mem has them. */
function variables(values: Readonly<Record<string, bigint | number | string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${typeof value === "string" ? value : hex(value)}`)
    .join("\n");
}

function hex(value: bigint | number): string {
  return value.toString(16);
}

/** What goes into the record of the run. */
const KIND = `say fact kernel "$(uname -r)"
say fact jailhouse "$(jailhouse --version 2>/dev/null | head -n 1)"
[ ! -e /proc/device-tree/compatible ] || say fact compatible "$(tr '\\0' ' ' </proc/device-tree/compatible)"`;

/** Without arguments mem does nothing: where that fails, no program can run in the folder. */
const RECEIVE = `receive mem
chmod 700 mem
./mem 2>said || fail program "$dir"
mem() { ./mem /dev/mem "$@" 2>said || fail memory "$(cat said)"; }
nap() { sleep 0.1 2>/dev/null || sleep 1; }`;

/** Bit 0 of the last digit is enable, in a profiler's control and in a bomb's command. */
const CONTROL = `word=$(mem read $bits $control) || exit 1
take_over() {
  case $word in *[02468ace]) return ;; esac
  [ -n "$replace" ] || fail busy
  mem write $bits $control $off || exit 1
  nap; nap
}`;

/**
 * From here on the script disables what it enables, whatever happens: at the end of stdin, on a signal, and after a minute without a word.
 */
const START = `listener=
finish() {
  trap - EXIT
  ./mem /dev/mem write $bits $control $off 2>/dev/null
  [ -z "$listener" ] || kill "$listener" 2>/dev/null
  cd / && rm -rf "$dir"
}
trap finish EXIT
exec 3<&0
{ while read -r word; do : >"$word"; done; : >stop; } <&3 >/dev/null 2>&1 &
listener=$!
mem write $bits $control $on || exit 1
say started`;

/** Until the cell has disabled itself, or stdin has ended. */
const WAIT = `silence=0 told=
while [ ! -e stop ]; do
  word=$(mem read $bits $control) || exit 1
  tell
  case $word in *[02468ace]) break ;; esac
  if [ -e alive ]; then rm alive; silence=0; else silence=$((silence + 1)); fi
  [ "$silence" -lt 600 ] || exit 1
  nap
done`;
