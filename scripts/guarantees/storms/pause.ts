import { cpus, loadavg } from "node:os";

const BUSY = 2;

/** Whether times mean anything: on a machine that others keep this busy they are its own, not the product's. */
export const canMeasure = () => (loadavg()[0] ?? 0) / cpus().length <= BUSY;

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
