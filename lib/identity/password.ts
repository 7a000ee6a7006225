import { hash, verify } from "@node-rs/argon2";

/** argon2id by OWASP's parameters: 19 MiB, two passes, one lane. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, PARAMETERS);

let nobody: Promise<string> | undefined;

/** Compares in the same time whether or not the account exists or has a password. */
export async function isPasswordRight(stored: string | undefined, password: string): Promise<boolean> {
  nobody ??= hashPassword("no account has this password");
  const right = await verify(stored ?? (await nobody), password);
  return stored !== undefined && right;
}
