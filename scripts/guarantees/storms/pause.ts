import { cpus, loadavg } from "node:os";

/** How much longer than on an idle machine a thing may take on this one, now. */
export const patience = () => Math.max(1, (loadavg()[0] ?? 0) / cpus().length);

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Looks until it is so; false when it never was. */
export async function waitUntil(isSo: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    if (await isSo()) return true;
    await pause(15);
  }
  return false;
}
