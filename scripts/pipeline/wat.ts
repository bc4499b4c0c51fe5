/** Wasm's text format, by the npm package `wabt`. */
import { UserError } from "../errors.ts";

/** What an image can have; parseModule names what it cannot. */
const FEATURES = {
  mutable_globals: true,
  sat_float_to_int: true,
  sign_extension: true,
  multi_value: true,
  bulk_memory: true,
  reference_types: true,
};

/** @throws UserError with the place of the first mistake. */
export async function assembleWat(text: string, what: string): Promise<Uint8Array> {
  const { default: wabt } = await import("wabt");
  const { parseWat } = await wabt();
  let module: ReturnType<typeof parseWat> | undefined;
  try {
    module = parseWat(what, text, FEATURES);
    module.validate();
    return module.toBinary({ write_debug_names: true }).buffer;
  } catch (error) {
    throw mistake(error, what);
  } finally {
    module?.destroy();
  }
}

/** From "validate failed:\nhello.wat:3:5: error: type mismatch in …\n   (the line)\n    ^^^". */
function mistake(error: unknown, what: string): UserError {
  const lines = (error as Error).message.split("\n");
  const first = lines.findIndex((line) => line.startsWith(`${what}:`));
  if (first < 0) throw error;
  const [place = "", ...rest] = (lines[first] as string).split(" error: ");
  return new UserError(`${place} ${rest.join(" error: ")}`, lines.slice(first + 1, first + 3).join("\n"));
}
