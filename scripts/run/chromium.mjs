import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import { run } from "./exec.mjs";
import { step, Stop } from "./say.mjs";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** A Chromium that starts on this machine: CHROMIUM_PATH, an installed one, or Playwright's. */
export const findChromium = () =>
  [process.env.CHROMIUM_PATH, ...PLACES, chromium.executablePath()].find((path) => path && starts(path));

/** It may be there and lack libraries: only one that says its version counts. */
const starts = (path) => existsSync(path) && spawnSync(path, ["--version"], { timeout: 20_000 }).status === 0;

/** Finds Chromium, or gets it from Playwright or from the system's packages. */
export async function needChromium() {
  const found = findChromium();
  if (found) return found;
  const playwright = ["node_modules/@playwright/test/cli.js", "install", "chromium"];
  await step("getting Chromium from Playwright", () => run(process.execPath, playwright, { timeout: 300_000 }));
  const downloaded = findChromium();
  if (downloaded) return downloaded;
  const { output } = await step("getting Chromium from the system's packages", installFromApt);
  const installed = findChromium();
  if (installed) return installed;
  throw new Stop(
    `The browser tests need Chromium, and none could be installed:\n${output}\nInstall one, or name it in CHROMIUM_PATH.`,
  );
}

async function installFromApt() {
  if (!existsSync("/usr/bin/apt-get")) return { output: "This machine has no apt-get." };
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && spawnSync("sudo", ["-n", "true"]).status !== 0) return { output: "apt-get needs root or sudo." };
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args) => (isRoot ? run("apt-get", args, { env }) : run("sudo", ["-n", "apt-get", ...args], { env }));
  await apt("update", "-q");
  const { output } = await apt("install", "-y", "-q", "--no-install-recommends", "chromium", "fonts-noto-core");
  return { output: output.split("\n").slice(-8).join("\n") };
}
