import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { newId } from "@/db/ids";
import { env } from "@/lib/core/env";

/** Our own names only, one folder a clinic: nothing that a sender chose is ever part of a path. */
const KEY = /^[0-9a-f-]{36}\/[0-9a-f-]{36}$/;

const pathOf = (key: string): string => {
  if (!KEY.test(key)) throw new Error("not a storage key of ours");
  return join(env().UPLOADS_URL, key);
};

/** Keeps bytes under a new key of the clinic; written beside and renamed, so that no half a file is ever read. */
export async function keepFile(clinicId: string, bytes: Buffer): Promise<string> {
  const key = `${clinicId}/${newId()}`;
  const path = pathOf(key);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(`${path}.new`, "wx", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
  return key;
}

/** The bytes of a key; undefined where they are gone. */
export const readKeptFile = (key: string): Promise<Buffer | undefined> =>
  readFile(pathOf(key)).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });

export const dropFile = (key: string): Promise<void> => rm(pathOf(key), { force: true });
