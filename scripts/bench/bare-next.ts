import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Builds the bare peer in a folder of its own with the repository's packages, so that no part of it is in the product. */
export function buildBareNext(folder: string): string {
  const home = join(folder, "peer");
  mkdirSync(home);
  cpSync(fileURLToPath(new URL("peer", import.meta.url)), home, { recursive: true });
  symlinkSync(join(process.cwd(), "node_modules"), join(home, "node_modules"));
  writeFileSync(join(home, "package.json"), JSON.stringify({ name: "bare-next", private: true, type: "module" }));
  writeFileSync(
    join(home, "next.config.mjs"),
    "export default { poweredByHeader: false, typescript: { ignoreBuildErrors: true } };\n",
  );
  const next = join(process.cwd(), "node_modules/next/dist/bin/next");
  // Webpack: the other builder refuses packages that a link leads to.
  const env = { ...process.env, NODE_ENV: "production" as const, NEXT_TELEMETRY_DISABLED: "1" };
  const built = spawnSync(process.execPath, [next, "build", "--webpack"], { cwd: home, env, encoding: "utf8" });
  if (built.status !== 0) throw new Error(`the bare peer was not built:\n${built.stdout}${built.stderr}`);
  return home;
}
