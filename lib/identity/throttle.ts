import { count, forget, type Rate } from "@/lib/core/rate";
import { ok, type Result } from "@/lib/core/result";

const WINDOW_SECONDS = 15 * 60;
/** domain.md: failures of an account, and of an address, after which one waits. */
const ACCOUNT: Rate = { name: "login-account", points: 5, seconds: WINDOW_SECONDS };
const ADDRESS: Rate = { name: "login-address", points: 20, seconds: WINDOW_SECONDS };

/**
 * Counts a log-in attempt before it is checked: 5 an account and 20 an address in 15 minutes, over all processes.
 * A success gives the account's attempts back (`forgive`).
 */
export async function countLogIn(account: string, address: string): Promise<Result<null>> {
  const ofAccount = await count(ACCOUNT, account);
  if (!ofAccount.ok) return ofAccount;
  const ofAddress = await count(ADDRESS, address);
  return ofAddress.ok ? ok() : ofAddress;
}

export async function forgive(account: string, address: string): Promise<void> {
  await forget(ACCOUNT, account);
  await forget(ADDRESS, address, 1);
}
