import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { pinned } from "./server";

/** One stretch of load: signed deliveries of one vendor, over so many kept connections, for so long. */
export interface Load {
  vendor: "twilio" | "whatsapp";
  url: string;
  /** The address that Twilio signs; the bare peer gets the same bytes and looks at none of them. */
  signedUrl: string;
  /** What the vendor signs with. */
  token: string;
  /** Twilio's account, or the id of the WhatsApp number. */
  account: string;
  connections: number;
  seconds: number;
  /** Every message has this id; without, each has its own. */
  sid?: string;
  /** Goes into the ids, so that no two stretches share one. */
  prefix: string;
}
export interface Measured {
  acks: number;
  others: number;
  perSecond: number;
  p50: number;
  p99: number;
}

/** The generator: a process of its own on its own core. */
export class Generator {
  private constructor(private readonly child: ChildProcess) {}

  static start(core: number): Generator {
    const worker = fileURLToPath(new URL("load-worker.ts", import.meta.url));
    const [program, ...args] = pinned(core, [process.execPath, "--import", "tsx", worker]);
    return new Generator(spawn(program, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] }));
  }

  run(load: Load): Promise<Measured> {
    return new Promise((resolve, reject) => {
      const onExit = () => reject(new Error("the load generator ended"));
      this.child.once("exit", onExit);
      this.child.once("message", (measured: Measured) => {
        this.child.off("exit", onExit);
        resolve(measured);
      });
      this.child.send(load);
    });
  }

  stop = () => void this.child.kill();
}
