import { expect, test } from "vitest";
import { newId } from "@/db/ids";
import { cookieOf } from "@/db/testing/call";
import { inClinic, makeBareClinic, makeUser } from "@/db/testing/make";
import { env } from "@/lib/core/env";
import { announce } from "@/lib/realtime/announce";
import { formatCursor, readEnd } from "@/lib/realtime/feed";
import { GET } from "./route";

async function makeReader() {
  const ctx = await makeBareClinic();
  const cookie = await cookieOf((await makeUser([{ ctx, role: "VIEWER" }])).id);
  const tell = async () => {
    const id = newId();
    await inClinic(ctx, (tx) => announce(tx, ctx, "message", id));
    return id;
  };
  /** What a stream says until `isEnough`. */
  const listen = async (since: string, headers: Record<string, string>, isEnough: (text: string) => boolean) => {
    const leave = new AbortController();
    const url = `${env().APP_URL}/api/clinic/${ctx.clinic.slug}/events?since=${since}`;
    const request = new Request(url, { headers: { cookie, ...headers }, signal: leave.signal });
    const answer = await GET(request, { params: Promise.resolve({ slug: ctx.clinic.slug }) });
    const reader = answer.body?.getReader();
    const decoder = new TextDecoder();
    let text = "";
    while (reader && !isEnough(text)) text += decoder.decode((await reader.read()).value, { stream: true });
    leave.abort();
    return text;
  };
  return { ctx, tell, listen };
}

const timesIn = (text: string, id: string) => text.split(id).length - 1;

test("a page hears what changed between its reading and the opening of its stream, once", async () => {
  const { ctx, tell, listen } = await makeReader();
  await tell(); // read by the page
  const since = formatCursor(await readEnd(ctx)); // as the page does before it reads anything
  const missed = await tell();
  const text = await listen(since, {}, (soFar) => soFar.includes(missed));
  // What the page read may be told again while anybody's transaction on this server is older; what it missed is told once.
  expect(timesIn(text, missed)).toBe(1);

  // A browser that comes again says where it was: the place in the address is older than that.
  const lastId = [...text.matchAll(/^id: (.+)$/gm)].at(-1)?.[1] ?? "";
  const later = await tell();
  const rest = await listen(since, { "last-event-id": lastId }, (soFar) => soFar.includes(later));
  expect([timesIn(rest, missed), timesIn(rest, later)]).toEqual([0, 1]);
});

test("a page that is older than what is kept is told to read anew", async () => {
  const { tell, listen } = await makeReader();
  await tell();
  expect(await listen("1.1", {}, (soFar) => soFar.includes("\n\n"))).toContain("event: reset");
});
