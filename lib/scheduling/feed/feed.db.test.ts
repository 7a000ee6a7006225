import { expect, test } from "vitest";
import { makeBareClinic, makeClinic, makePatient } from "@/db/testing/make";
import { GET } from "@/app/api/public/[slug]/feed/[token]/route";
import type { ClinicContext } from "@/lib/core/context";
import { unwrap } from "@/lib/core/result";
import { bookAppointment } from "../book";
import { cancelAppointment } from "../cancel";
import { rescheduleAppointment } from "../reschedule";
import { initialsOf } from "./calendar-text";
import { readFeed } from "./read-feed";
import { changeFeed, closeFeed, getFeed, openFeed } from "./settings";

const tokenOf = (url: string) => url.split("/").at(-1) ?? "";
const read = (ctx: ClinicContext, url: string) => readFeed(ctx, tokenOf(url));
/** Folded lines put together again (RFC 5545, 3.1). */
const linesOf = (text: string) => text.replace(/\r\n[ \t]/g, "").split("\r\n");
const field = (text: string, name: string) =>
  linesOf(text)
    .filter((line) => line.startsWith(`${name}:`) || line.startsWith(`${name};`))
    .map((line) => line.slice(line.indexOf(":") + 1));

async function makeFeed(shows: "busy" | "service" | "initials" = "service") {
  const clinic = await makeClinic();
  const { ctx, provider, other, cleaning } = clinic;
  const patient = await makePatient(ctx, { name: "Maria del Mar Ortega" });
  const book = async (startsAt: string, providerId = provider.id) =>
    unwrap(
      await bookAppointment(ctx, {
        ...{ patientId: patient.id, serviceId: cleaning.id, providerId, createdFrom: "MANUAL_ADMIN" as const },
        ...{ startsAt: new Date(startsAt), note: "afraid of needles" },
      }),
    );
  const [visit] = [await book("2026-03-09T13:00:00Z"), await book("2026-03-09T15:00:00Z", other.id)];
  const { url } = unwrap(await openFeed(ctx, provider.id, { shows }));
  return { ...clinic, patient, visit, url };
}

test("a feed tells when a provider is busy and with what, and nothing of patients unless the clinic wants initials", async () => {
  const { ctx, provider, patient, url } = await makeFeed();
  const text = unwrap(await read(ctx, url)).text;
  expect(field(text, "DTSTART")).toEqual(["20260309T130000Z"]);
  expect(field(text, "DTEND")).toEqual(["20260309T133000Z"]);
  expect(field(text, "SUMMARY")).toEqual(["Cleaning"]);
  expect(field(text, "X-WR-TIMEZONE")).toEqual(["America/New_York"]);
  const secrets = [patient.id, patient.phone, "Maria", "Ortega", "needles"];
  for (const secret of secrets) expect(text).not.toContain(secret);
  unwrap(await changeFeed(ctx, provider.id, { shows: "busy" }));
  expect(field(unwrap(await read(ctx, url)).text, "SUMMARY")).toEqual(["Busy"]);
  unwrap(await changeFeed(ctx, provider.id, { shows: "initials" }));
  const initials = unwrap(await read(ctx, url)).text;
  expect(field(initials, "SUMMARY")).toEqual(["Cleaning · M. O."]);
  for (const secret of secrets) expect(initials).not.toContain(secret);
});

test("an entry keeps its name, counts its changes and says when it is off", async () => {
  const { ctx, visit, url } = await makeFeed();
  const before = unwrap(await read(ctx, url)).text;
  expect(unwrap(await read(ctx, url)).text).toBe(before);
  const startsAt = new Date("2026-03-10T13:00:00Z");
  unwrap(await rescheduleAppointment(ctx, { appointmentId: visit.id, startsAt }));
  const moved = unwrap(await read(ctx, url)).text;
  unwrap(await cancelAppointment(ctx, { appointmentId: visit.id }));
  const off = unwrap(await read(ctx, url)).text;
  const seen = [before, moved, off].map((text) => [field(text, "UID"), field(text, "SEQUENCE"), field(text, "STATUS")]);
  const uid = [`${visit.id}@chairside`];
  expect(seen).toEqual([
    [uid, ["0"], ["CONFIRMED"]],
    [uid, ["1"], ["CONFIRMED"]],
    [uid, ["2"], ["CANCELLED"]],
  ]);
  expect(field(moved, "DTSTART")).toEqual(["20260310T130000Z"]);
});

test("an address works in its own clinic until it is replaced or switched off, and is kept nowhere", async () => {
  const { ctx, provider, url } = await makeFeed();
  const elsewhere = await makeBareClinic();
  expect(await read(elsewhere, url)).toMatchObject({ ok: false, error: "NOT_FOUND" });
  expect(await openFeed(elsewhere, provider.id, { shows: "busy" })).toMatchObject({ ok: false, error: "NOT_FOUND" });
  expect(JSON.stringify(unwrap(await getFeed(ctx, provider.id)))).not.toContain(tokenOf(url));
  const { url: fresh } = unwrap(await openFeed(ctx, provider.id, { shows: "service" }));
  expect(await read(ctx, url)).toMatchObject({ ok: false, error: "NOT_FOUND" });
  expect((await read(ctx, `${fresh}.ics`)).ok).toBe(true);
  expect(unwrap(await getFeed(ctx, provider.id))).toMatchObject({ isOpen: true, lastReadAt: ctx.now() });
  expect(unwrap(await closeFeed(ctx, provider.id))).toMatchObject({ isOpen: false });
  expect(unwrap(await closeFeed(ctx, provider.id))).toMatchObject({ isOpen: false });
  expect(await read(ctx, fresh)).toMatchObject({ ok: false, error: "NOT_FOUND" });
});

test("a reader that has the calendar already is sent nothing, and one that asks without end is told to wait", async () => {
  const { ctx, url } = await makeFeed();
  const params = Promise.resolve({ slug: ctx.clinic.slug, token: tokenOf(url) });
  const ask = (headers: Record<string, string> = {}) => GET(new Request(url, { headers }), { params });
  const first = await ask();
  expect([first.status, first.headers.get("content-type")]).toEqual([200, "text/calendar; charset=utf-8"]);
  const etag = first.headers.get("etag") ?? "";
  const again = await ask({ "if-none-match": `W/${etag}` });
  expect([again.status, await again.text()]).toEqual([304, ""]);
  const statuses = await Promise.all(Array.from({ length: 40 }, async () => (await ask()).status));
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(10);
});

test("initials are the first letters of the first and the last name, in any script", () => {
  expect(["Ana Ruiz", "سارة العلي", "Cher", "…", "Jo (Mom) Bell"].map(initialsOf)).toEqual([
    "A. R.",
    "س. ا.",
    "C.",
    "",
    "J. B.",
  ]);
});
