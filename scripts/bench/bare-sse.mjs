// The peer: one LISTEN and a write loop on node:http. It reads no table, knows no session and resumes nothing.
import { createServer } from "node:http";
import pg from "pg";

const streams = new Map();
const client = new pg.Client(process.env.DATABASE_URL);
await client.connect();
client.on("notification", ({ payload = "" }) => {
  const [room, id] = payload.split(" ");
  for (const stream of streams.get(room) ?? [])
    stream.write(`id: 1\nevent: change\ndata: {"topic":"message","entity_id":"${id}"}\n\n`);
});
await client.query("listen bench_bare");

createServer((asked, answer) => {
  const room = new URL(asked.url ?? "/", "http://localhost").searchParams.get("room");
  if (!room) return void answer.end("here");
  answer.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
  answer.write(": hello\n\n");
  streams.set(room, (streams.get(room) ?? new Set()).add(answer));
  answer.on("close", () => streams.get(room).delete(answer));
}).listen(Number(process.env.PORT), "127.0.0.1");
