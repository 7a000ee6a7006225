import { Socket } from "node:net";

/*
 * Loaded into every long-running child before its program (`node --import`). The launcher holds the other end of
 * descriptor 3: when it is gone, killed without a word included, the child ends itself and whatever it started.
 */
const launcher = new Socket({ fd: 3, readable: true, writable: false });
launcher.on("error", leave).on("close", leave).resume().unref();

function leave() {
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => {
    // The launcher made this process the leader of its own group.
    process.kill(-process.pid, "SIGKILL");
  }, 5000).unref();
}
