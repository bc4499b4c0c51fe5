/** `defineSystem`: the configuration of the hypervisor and its root cell. */
import { UserError } from "../../scripts/errors.ts";
import type { Board, BoardFacts } from "../board.ts";
import type { FormatName } from "../format/formats.ts";
import { systemFlags } from "../format/words.ts";
import type { SystemConfig } from "../model.ts";
import { didYouMean } from "../nearest.ts";
import { formatFor } from "./cell.ts";
import { checkKeys, flagList } from "./checks.ts";
import { consoleOf, noConsole } from "./devices.ts";
import { type Defaults, resolveCell } from "./resolve.ts";
import { bytesOf } from "./sizes.ts";
import type { SystemSpec } from "./specs.ts";

/** A system that a user asks for, and the board that it is for. */
export interface SystemDefinition {
  readonly kind: "system definition";
  readonly board: Board;
  readonly format: FormatName;
  readonly system: SystemConfig;
}

const root: Omit<Defaults, "format"> = { flags: [], console: "none", root: true };

const systemKeys = Object.keys({
  flags: 0,
  hypervisorMemory: 0,
  debugConsole: 0,
  pci: 0,
  iommus: 0,
  x86: 0,
  root: 0,
} satisfies Record<keyof SystemSpec, 0>);

/**
 * A root configuration: `defineSystem({ board: qemuArm64, extend: "qemu-arm64", hypervisorMemory: { … } })`. Extending
 * one of the board's, a field that is given takes its place; `root` changes the root cell as `defineCell` does. The
 * format is chosen as by `defineCell`.
 * @throws UserError that names the board for whatever does not fit.
 */
export function defineSystem(
  spec: Partial<SystemSpec> & { readonly board: Board; readonly extend?: string; readonly format?: FormatName },
): SystemDefinition {
  checkKeys(spec, ["board", "extend", "format", ...systemKeys], "defineSystem");
  const { board, extend, format: asked, ...own } = spec;
  if (typeof board !== "object" || board === null || !("specs" in board)) {
    throw new UserError('defineSystem: board is missing; import one from "jh-inmate/config", for example qemuArm64');
  }
  const format = formatFor(board, extend, asked);
  const systems = board.specs[format]?.systems ?? {};
  const below = extend === undefined ? [] : systems[extend];
  if (!below) {
    const names = Object.keys(systems);
    const remedy =
      names.length === 1
        ? `; write extend: "${names[0]}"`
        : `${didYouMean(`${extend}`, names)}; systems are ${names.join(", ")}`;
    throw new UserError(`board ${board.name}: there is no system "${extend}" to extend${remedy}`);
  }
  const system = resolveSystem(board, [...below, own], format, `board ${board.name}, system`);
  return { kind: "system definition", board, format, system };
}

/** @param layers specifications, each over those before it */
export function resolveSystem(
  board: BoardFacts,
  layers: readonly Partial<SystemSpec>[],
  format: FormatName,
  where: string,
): SystemConfig {
  for (const layer of layers) checkKeys(layer, systemKeys, where);
  const last = <Key extends keyof SystemSpec>(key: Key) =>
    layers.findLast((layer) => layer[key] !== undefined)?.[key] as SystemSpec[Key] | undefined;
  const roots = layers.flatMap(({ root }) => (root ? [root] : []));
  const memory = last("hypervisorMemory");
  if (!memory || roots.length === 0) {
    const missing = memory ? "root" : "hypervisorMemory";
    throw new UserError(`${where}: ${missing} is missing; add it or extend: "${board.name}"`);
  }
  const debug = last("debugConsole") ?? "debug";
  const pci = last("pci");
  return {
    kind: "system",
    arch: board.arch,
    flags: flagList(last("flags") ?? ["virtual-debug-console"], systemFlags, `${where}: flags`),
    hypervisorMemory: {
      physical: bytesOf(memory.physical, `${where}: hypervisorMemory.physical`),
      address: 0n,
      size: bytesOf(memory.size, `${where}: hypervisorMemory.size`),
      flags: [],
    },
    debugConsole:
      debug === "none"
        ? noConsole
        : debug === "debug"
          ? board.consoles.debug
          : consoleOf(debug, `${where}: debugConsole`),
    pciMmconfigBase: bytesOf(pci?.mmconfigBase ?? 0, `${where}: pci.mmconfigBase`),
    pciMmconfigEndBus: pci?.endBus ?? 0,
    pciIsVirtual: pci?.virtual ?? false,
    pciDomain: pci?.domain ?? 0,
    iommus: (last("iommus") ?? []).map(({ pvu, ...unit }, index) => ({
      ...unit,
      base: bytesOf(unit.base, `${where}: iommus[${index}].base`),
      size: Number(bytesOf(unit.size, `${where}: iommus[${index}].size`)),
      ...(pvu && { pvu: { tlbBase: bytesOf(pvu.tlbBase, where), tlbSize: Number(bytesOf(pvu.tlbSize, where)) } }),
    })),
    ...platform(board, last("x86"), where),
    rootCell: resolveCell(board, [{ name: board.name }, ...roots], { ...root, format }, `${where}, root cell`),
  };
}

function platform({ arch, gic }: BoardFacts, x86: SystemSpec["x86"], where: string): Pick<SystemConfig, "arm" | "x86"> {
  if (arch === "x86") {
    if (!x86) throw new UserError(`${where}: x86 is missing; add x86: { pmTimer: 0x608 } (the PM timer's port)`);
    const { pmTimer, apicMode = "auto", vtdInterruptLimit = 0, tscKhz = 0, apicKhz = 0 } = x86;
    return { x86: { pmTimerAddress: pmTimer, apicMode, vtdInterruptLimit, tscKhz, apicKhz } };
  }
  if (!gic) throw new UserError(`${where}: the board has no gic; add gic: { version: 3, distributor: … }`);
  return {
    arm: {
      maintenanceIrq: gic.maintenanceInterrupt,
      gicVersion: gic.version,
      gicdBase: gic.distributor,
      giccBase: gic.cpuInterface,
      gichBase: gic.hypervisorInterface,
      gicvBase: gic.virtualInterface,
      gicrBase: gic.redistributors,
    },
  };
}
