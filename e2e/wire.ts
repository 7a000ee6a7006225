import { request } from "node:http";

export interface Knock {
  method?: string;
  /** Sent byte for byte: nothing tidies double slashes or escapes on the way. */
  path: string;
  headers?: Record<string, string>;
  body?: string;
}
export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** Loopback has room for many callers: anonymous requests are counted by address, and these are not about counting. */
let caller = 1;
const nextAddress = () =>
  process.platform === "linux" ? `127.${1 + ((caller >> 8) % 250)}.0.${1 + (caller++ % 250)}` : undefined;

/** Knocks at the running server without a browser's or a client's good manners. A stream is left after its head. */
export function knock(baseURL: string, { method = "GET", path, headers = {}, body }: Knock): Promise<Answer> {
  const port = new URL(baseURL).port;
  const localAddress = nextAddress();
  return new Promise((done, failed) => {
    const sent = request({ host: "127.0.0.1", port, method, path, headers, localAddress, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      const finish = () =>
        done({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(chunks).toString("utf8") });
      if (String(answer.headers["content-type"]).startsWith("text/event-stream")) {
        finish();
        answer.destroy();
        return;
      }
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.once("end", finish);
      answer.once("error", failed);
    });
    sent.once("error", failed);
    sent.end(body);
  });
}
