import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** Any free port of this machine. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Asks every address that a server could hold the port on: one on all addresses blocks ours on loopback. */
async function isFree(port, host) {
  for (const address of new Set([host, "127.0.0.1", "0.0.0.0"])) {
    const taken = await new Promise((resolve) => {
      const server = createServer();
      server.once("error", (error) => resolve(error.code === "EADDRINUSE" || error.code === "EACCES"));
      server.listen(port, address, () => server.close(() => resolve(false)));
    });
    if (taken) return false;
  }
  return true;
}

/** The wanted port; waits `patience` ms for a predecessor that is still stopping. Undefined when it stays taken. */
export async function waitForPort(port, host, patience) {
  const until = Date.now() + patience;
  for (;;) {
    if (await isFree(port, host)) return port;
    if (Date.now() > until) return undefined;
    await pause(250);
  }
}

export async function nextFreePort(port, host) {
  for (let candidate = port + 1; candidate < port + 100; candidate++)
    if (await isFree(candidate, host)) return candidate;
  return freePort();
}
