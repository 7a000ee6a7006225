import { spawn } from "node:child_process";
import { cpSync, linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { knock } from "./wire";

const NOT_LINKED = [".next", ".data", ".git", "middleware.ts", "test-results"];

/**
 * The build under test, served once more beside it, from a copy whose manifest lists no middleware: what a deployment
 * is in which middleware.ts was deleted, or is bypassed. It shares the database of the running stack.
 */
export async function startWithoutMiddleware(): Promise<{ baseURL: string; stop: () => Promise<void> }> {
  mkdirSync(".data/e2e", { recursive: true });
  const folder = mkdtempSync(resolve(".data/e2e/bare-"));
  for (const name of readdirSync(".")) if (!NOT_LINKED.includes(name)) symlinkSync(resolve(name), join(folder, name));
  copyBuild(resolve(".next"), join(folder, ".next"));
  const manifest = join(folder, ".next/server/middleware-manifest.json");
  rmSync(manifest); // a link to the real one
  writeFileSync(manifest, JSON.stringify({ version: 3, middleware: {}, functions: {}, sortedMiddleware: [] }));
  const port = await freePort();
  const next = resolve("node_modules/next/dist/bin/next");
  const env = { ...process.env, NODE_ENV: "production" as const, PORT: String(port) };
  const server = spawn(process.execPath, [next, "start", folder, "-H", "127.0.0.1", "-p", String(port)], {
    ...{ cwd: folder, env, stdio: "ignore" },
  });
  const baseURL = `http://localhost:${port}`;
  const gone = new Promise<void>((done) => server.once("exit", () => done()));
  const stop = async () => {
    server.kill();
    await gone;
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 300; tries++) {
    const answer = await knock(baseURL, { path: "/api/v1/time/now" }).catch(() => undefined);
    if (answer?.status === 200) return { baseURL, stop };
    await new Promise((again) => setTimeout(again, 100));
  }
  await stop();
  throw new Error("the server without middleware.ts did not start");
}

/** Hard links: nothing is written into a build that is being served. */
function copyBuild(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory() && entry.name !== "cache") copyBuild(source, target);
    else if (entry.isFile()) linkSync(source, target);
    else if (entry.isSymbolicLink()) cpSync(source, target, { verbatimSymlinks: true });
  }
}

const freePort = () =>
  new Promise<number>((done, failed) => {
    const probe = createServer();
    probe.once("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => done(address && typeof address === "object" ? address.port : 0));
    });
  });
