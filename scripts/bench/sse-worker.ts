import { Agent, request } from "node:http";
import type { Listen, Heard } from "./sse";

/** Speaks with its parent by messages: who listens where comes in; what arrived, and when, goes out when asked. */
let heard: Heard = { arrivals: [], connected: 0, resets: 0, reconnects: 0 };
const now = () => performance.timeOrigin + performance.now();
let agent = new Agent();
let isOver = false;
let isDrained = false;

process.on("message", (told: Listen | "report" | "stop") => {
  if (told === "report") {
    process.send?.(heard);
    heard = { ...heard, arrivals: [], resets: 0, reconnects: 0 };
    return;
  }
  isOver = told === "stop";
  agent.destroy();
  agent = new Agent();
  if (told === "stop") return void process.send?.("stopped");
  heard = { arrivals: [], connected: 0, resets: 0, reconnects: 0 };
  isOver = false;
  isDrained = told.isDrained ?? false;
  told.streams.forEach((stream, index) => void listen(told.url + stream.path, stream.cookie, index));
});

/** One browser: keeps a stream, and comes again with the last id half a second after it breaks. */
function listen(url: string, cookie: string, listener: number, lastId = ""): void {
  const own = agent;
  const headers = { cookie, accept: "text/event-stream", ...(lastId ? { "last-event-id": lastId } : {}) };
  let isEnded = false;
  const again = () => {
    if (isEnded || isOver || own !== agent) return;
    isEnded = true;
    heard.reconnects += 1;
    setTimeout(() => listen(url, cookie, listener, lastId), 500);
  };
  const sending = request(url, { agent: own, headers }, (answer) => {
    if (answer.statusCode !== 200) return void answer.resume().on("end", again);
    heard.connected += 1;
    answer.on("close", () => {
      if (own === agent) heard.connected -= 1; // those of an earlier stretch are counted no more
      again();
    });
    if (isDrained) return void answer.resume();
    let text = "";
    answer.setEncoding("utf8").on("data", (chunk: string) => {
      const at = now();
      const blocks = (text + chunk).split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) {
        lastId = /^id: (.+)$/m.exec(block)?.[1] ?? lastId;
        if (block.includes("event: reset")) heard.resets += 1;
        const id = /"entity_id":"([^"]+)"/.exec(block)?.[1];
        if (id) heard.arrivals.push([listener, id, at]);
      }
    });
  });
  sending.on("error", again).end();
}
