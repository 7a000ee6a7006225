import { Executor } from "./executor";
import type { Settings } from "./settings";

/*
 * For tests: an executor in a process of its own, whose clock jumps when it is told to. The first argument is its
 * settings; it says `{ port }` when it listens, and hears `{ shiftMs }`. Only what asks for the time of day is
 * shifted: timers count from when they were set, as on a machine whose clock is put right.
 */
let shiftMs = 0;
const RealDate = Date;
const shifted = () => RealDate.now() + shiftMs;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args) => new target(...(args.length === 0 ? ([shifted()] as const) : argsOf(args))),
  get: (target, key): unknown => (key === "now" ? shifted : Reflect.get(target, key)),
});

const argsOf = (args: unknown[]) => args as [number];
const settingsOf = (text: string) => JSON.parse(text) as Settings;
const executor = new Executor(settingsOf(process.argv[2] ?? ""));
process.on("message", (message: { shiftMs: number }) => {
  ({ shiftMs } = message);
  process.send?.({ now: Date.now() });
});
process.on("disconnect", () => process.exit(1));
await executor.start();
process.send?.({ port: executor.port });
