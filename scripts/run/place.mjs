import { fileURLToPath } from "node:url";

/** The checkout, and what it needs to run on. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 20)) {
  process.stderr.write(`✗ Node ${process.versions.node} is too old: Chairside needs 20.20 or newer.\n`);
  process.exit(1);
}
process.chdir(ROOT);
