import { eq } from "drizzle-orm";
import { channels } from "@/db/schema/channels";
import { clinics } from "@/db/schema/clinics";
import { checksums, dumpClinic } from "@/db/testing/dump";
import { cookieOf } from "@/db/testing/call";
import { inClinic, makeClinic, makePatient, makeUser } from "@/db/testing/make";
import { makeConversation, makeTask } from "@/db/testing/make-talk";
import { makeVisit } from "@/db/testing/make-visit";
import { CLINIC_ROWS, OTHER_PAGES, OTHER_ROWS, PAGE_ROWS } from "@/db/testing/permission-rows";
import { fillRoute } from "@/db/testing/routes";
import { newId } from "@/db/ids";
import { expect, test } from "@playwright/test";
import { knock } from "./wire";

/**
 * Looking changes nothing: the rows of a clinic are the same, byte for byte, before and after its owner asked for every
 * route and page, whole, as data, ahead of time and by HEAD. (Sessions, whose `last_seen` may move, are no clinic's.)
 */

async function makeFullClinic() {
  const clinic = await makeClinic({}, new Date().toISOString());
  const { ctx, patient, provider, cleaning, channel } = clinic;
  const startsAt = new Date(Date.now() + 20 * 86_400_000);
  const visit = await makeVisit(ctx, {
    ...{ patientId: patient.id, providerId: provider.id, serviceId: cleaning.id, startsAt },
  });
  const texts = ["one", "two"].map((text) => ({ text }));
  const unread = { channelId: channel.id, contactPointId: patient.contactPointId, unreadCount: 2, messages: texts };
  const thread = await makeConversation(ctx, unread);
  const task = await makeTask(ctx, { conversationId: thread.id });
  await makePatient(ctx);
  const owner = await makeUser([{ ctx, role: "OWNER" }]);
  // The application's own rounds have been here, and don't come again meanwhile.
  await inClinic(ctx, async (tx) => {
    await tx.update(channels).set({ reconciledUntil: new Date() }).where(eq(channels.clinicId, ctx.clinic.id));
    const tomorrow = new Date(Date.now() + 86_400_000);
    await tx.update(clinics).set({ dayMailDueAt: tomorrow }).where(eq(clinics.id, ctx.clinic.id));
  });
  const ids: Record<string, string> = {
    ...{ appointments: visit.id, conversations: thread.id, patients: patient.id },
    ...{ providers: provider.id, tasks: task.id },
  };
  const queries: Record<string, string> = {
    "api/clinic/[slug]/availability": `?year=2026&month=12&service_id=${cleaning.id}`,
    "api/clinic/[slug]/messages": `?conversation_id=${thread.id}`,
    "api/public/[slug]/availability": `?year=2026&month=12&service_id=${cleaning.id}`,
  };
  const own = newId();
  return { ctx, cookie: await cookieOf(owner.id), id: (noun: string) => ids[noun] ?? own, queries };
}

const DATA = { rsc: "1" };
const WAYS: readonly { method: string; headers: Record<string, string>; query?: string }[] = [
  { method: "GET", headers: {} },
  { method: "HEAD", headers: {} },
  { method: "GET", headers: DATA, query: "_rsc=1a2b3" },
  { method: "GET", headers: { ...DATA, "next-router-prefetch": "1" }, query: "_rsc=1a2b3" },
];

test("looking at everything a clinic has changes nothing of it", async ({ baseURL }) => {
  test.setTimeout(180_000);
  const { ctx, cookie, id, queries } = await makeFullClinic();
  const before = checksums(await dumpClinic(ctx.clinic.id, ["audit_log"]));
  expect(Object.values(before).filter((sum) => !sum.startsWith("0 ")).length).toBeGreaterThan(12);
  const rows = Object.entries({ ...CLINIC_ROWS, ...OTHER_ROWS }).filter(([, row]) => row.GET !== undefined);
  const routes = [...rows.map(([route]) => route), ...Object.keys(PAGE_ROWS), ...Object.keys(OTHER_PAGES)];
  const shown: string[] = [];
  for (const route of routes) {
    const { path } = fillRoute(route.replace("(public)/", ""), ctx.clinic.slug, id);
    for (const [at, { method, headers, query = "" }] of WAYS.entries()) {
      const search = [queries[route]?.slice(1) ?? "", query].filter(Boolean).join("&");
      const asked = { method, path: search ? `${path}?${search}` : path, headers: { ...headers, cookie } };
      let answer = await knock(baseURL ?? "", asked);
      // The framework sends a page's data on to the same address with its own key in it.
      const next = String(answer.headers.location ?? "");
      if (answer.status === 307 && next.includes("_rsc="))
        answer = await knock(baseURL ?? "", { ...asked, path: next.replace(/^https?:\/\/[^/]+/, "") });
      expect([route, method, answer.status < 500]).toEqual([route, method, true]);
      if (at === 0 && answer.status === 200) shown.push(route);
    }
  }
  // Most are really shown: what is left needs a parameter, another person or an id that this clinic has not.
  expect(shown.length).toBeGreaterThan(routes.length / 2);
  expect(shown).toContain("c/[slug]/inbox");
  expect(shown).toContain("api/clinic/[slug]/conversations/[id]");
  expect(checksums(await dumpClinic(ctx.clinic.id, ["audit_log"]))).toEqual(before);
  // The log of who looked at whom is written by looking, and says nothing else.
  const logged = (await dumpClinic(ctx.clinic.id)).get("audit_log") ?? [];
  expect(logged.filter((line) => !/\b(patient\.read|patient\.export|appointment\.export)\b/.test(line))).toEqual([]);
});

test("a request with headers beyond all measure is refused before it is read", async ({ baseURL }) => {
  const long = { "x-long": "x".repeat(40_000) };
  const many = Object.fromEntries(Array.from({ length: 3000 }, (_, n) => [`x-${n}`, "a".repeat(20)]));
  for (const headers of [long, many]) {
    // The server hangs up as soon as it has seen enough: who is still sending may not come to read the answer.
    const status = await knock(baseURL ?? "", { path: "/api/health", headers }).then(
      (answer) => answer.status,
      (error: unknown) => (error instanceof Error && "code" in error ? error.code : error),
    );
    expect([431, "ECONNRESET", "EPIPE"]).toContain(status);
  }
  expect((await knock(baseURL ?? "", { path: "/api/health" })).status).toBe(200);
});
