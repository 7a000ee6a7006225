import { Socket } from "node:net";

/*
 * Loaded into every long-running child before its program (`node --import`). The launcher holds the other end of
 * descriptor 3: when it is gone, killed without a word included, the child ends itself and whatever it started.
 * A child's own children get the same arguments, but not the descriptor: their parent isn't the launcher.
 */
if (process.env.CHAIRSIDE_LAUNCHER === String(process.ppid)) {
  const launcher = new Socket({ fd: 3, readable: true, writable: false });
  launcher.on("error", leave).on("close", leave).resume().unref();
}

function leave() {
  // The launcher made this process the leader of its own group: what it started ends with it.
  const end = () => process.kill(-process.pid, "SIGKILL");
  process.once("exit", end);
  setTimeout(end, 5000).unref();
  process.kill(process.pid, "SIGTERM");
}
