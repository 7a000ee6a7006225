import { get } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { say, Stop } from "./say.mjs";

const PATIENCE = 90_000;

/** Waits for green. Yellow works with a part missing: that is said, and the start goes on. */
export async function waitForHealth(env, wanted) {
  const address = `http://127.0.0.1:${env.PORT}/api/health`;
  const until = Date.now() + PATIENCE;
  let last = "no answer";
  while (wanted() && Date.now() < until) {
    const health = await ask(address);
    if (health.status === "green") return;
    last = JSON.stringify(health);
    // The executor reports in within seconds of the server.
    if (health.status === "yellow" && Date.now() > until - PATIENCE + 20_000)
      return say(`! Not everything is well: ${last}`);
    await pause(150);
  }
  if (wanted()) throw new Stop(`${address} did not turn green: ${last}`);
}

/** By node:http: fetch alone would cost this small process ten megabytes. */
function ask(address) {
  return new Promise((resolve) => {
    const request = get(
      address,
      { headers: { accept: "application/json" }, timeout: 20_000, agent: false },
      (answer) => {
        let body = "";
        answer.setEncoding("utf8").on("data", (chunk) => (body += chunk));
        answer.on("end", () => resolve(parse(body) ?? { status: `${answer.statusCode} without JSON` }));
      },
    );
    request.on("timeout", () => request.destroy(new Error("no answer")));
    request.on("error", (error) => resolve({ status: error.code ?? error.message }));
  });
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
