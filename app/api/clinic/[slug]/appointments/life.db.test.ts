import { expect, test } from "vitest";
import { call, cookieOf } from "@/db/testing/call";
import { makeVisit } from "@/db/testing/make-visit";
import { makeClinic, makeProvider, makeService, makeUser } from "@/db/testing/make";
import type { ClinicContext } from "@/lib/core/context";
import { expireHolds } from "@/lib/scheduling/expire-holds";
import { EDGES } from "@/lib/scheduling/rules";
import type { Status } from "@/lib/scheduling/schema";
import { DELETE } from "./[id]/route";
import { PATCH as patchCancel } from "./[id]/cancel/route";
import { POST as checkIn, PATCH as patchCheckIn } from "./[id]/check-in/route";
import { POST as complete, PATCH as patchComplete } from "./[id]/complete/route";
import { POST as confirm, PATCH as patchConfirm } from "./[id]/confirm/route";
import { POST as noShow, PATCH as patchNoShow } from "./[id]/no-show/route";
import { POST as move, PATCH as patchMove } from "./[id]/reschedule/route";
import { POST as late, PATCH as patchLate } from "./[id]/running-late/route";
import { POST as undo, PATCH as patchUndo } from "./[id]/undo/route";

/*
 * Every state × every act × who asks, over the routes. The table is written from domain.md by hand: what an act makes of
 * each state; what is not there is ILLEGAL_TRANSITION. Routes live by the real clock, so the clinic is put where it is
 * about noon: whatever happens is on the clinic's today.
 */
const BECOMES: Record<string, Partial<Record<Status, Status | "FORBIDDEN">>> = {
  confirm: { held: "scheduled", expired: "scheduled", scheduled: "scheduled" },
  cancel: { held: "cancelled", scheduled: "cancelled", cancelled: "cancelled" },
  "check-in": { scheduled: "checked_in", checked_in: "checked_in", no_show: "checked_in" },
  complete: { scheduled: "completed", checked_in: "completed", no_show: "completed", completed: "completed" },
  "no-show": { scheduled: "no_show", no_show: "no_show" },
  undo: { checked_in: "scheduled", no_show: "scheduled", cancelled: "scheduled", completed: "checked_in" },
  reschedule: { held: "held", scheduled: "scheduled" },
  "running-late": { scheduled: "scheduled" },
};
const HANDLERS = {
  confirm: [confirm, patchConfirm],
  cancel: [DELETE, patchCancel],
  "check-in": [checkIn, patchCheckIn],
  complete: [complete, patchComplete],
  "no-show": [noShow, patchNoShow],
  undo: [undo, patchUndo],
  reschedule: [move, patchMove],
  "running-late": [late, patchLate],
} as const;
type Act = keyof typeof HANDLERS;
const isAct = (name: string): name is Act => name in HANDLERS;
const ACTS = Object.keys(BECOMES).filter(isAct);
const STATES = ["held", "expired", "scheduled", "checked_in", "completed", "cancelled", "no_show"] as const;
const MINUTE = 60_000;

const ALL_DAY = [["00:00", "24:00"]] as const;
const ALWAYS = { 1: ALL_DAY, 2: ALL_DAY, 3: ALL_DAY, 4: ALL_DAY, 5: ALL_DAY, 6: ALL_DAY, 7: ALL_DAY };

async function clinicAtNoon() {
  const hour = new Date().getUTCHours();
  const timeZone = hour >= 12 ? `Etc/GMT+${hour - 12}` : `Etc/GMT-${12 - hour}`;
  const clinic = await makeClinic({ timeZone });
  const cookies = new Map<string, string>();
  for (const role of ["OWNER", "ADMIN", "STAFF", "VIEWER"] as const)
    cookies.set(role, await cookieOf((await makeUser([{ ctx: clinic.ctx, role }])).id));
  const providerIds: string[] = [];
  while (providerIds.length < ACTS.length) providerIds.push((await makeProvider(clinic.ctx, {}, ALWAYS)).id);
  const service = await makeService(clinic.ctx, { providerIds, durationMinutes: 20 });
  return { ...clinic, cookies, providerIds, service };
}

/** A visit in that state; the acts of one provider stand a half hour apart, before now or after it. */
async function visitIn(
  clinic: Awaited<ReturnType<typeof clinicAtNoon>>,
  { state, act, at }: { state: Status; act: Act; at: number },
) {
  const { ctx, patient, service, providerIds } = clinic;
  const whole = Math.floor(Date.now() / MINUTE) * MINUTE;
  const startsAt = new Date(
    whole + (act === "no-show" ? -30 * MINUTE : 10 * MINUTE) * 1 + 25 * MINUTE * at * (act === "no-show" ? -1 : 1),
  );
  const isHold = state === "held" || state === "expired";
  const visit = await makeVisit(ctx, {
    patientId: patient.id,
    serviceId: service.id,
    providerId: providerIds[ACTS.indexOf(act)] ?? "",
    startsAt,
    minutes: 20,
    status: isHold ? "held" : state,
    ...(isHold ? { holdExpiresAt: new Date(whole + (state === "held" ? 60 : -60) * MINUTE) } : {}),
  });
  return visit;
}

const bodyOf = (act: Act, at: number): object => {
  if (act === "reschedule")
    return { starts_at: new Date(Math.floor(Date.now() / MINUTE) * MINUTE + (1440 + 30 * at) * MINUTE) };
  return act === "running-late" ? { minutes: 10 } : {};
};

const expected = (act: Act, state: Status, role: string) => {
  if (role === "VIEWER" || (role === "STAFF" && act === "undo" && state === "completed")) return "FORBIDDEN";
  return BECOMES[act]?.[state] ?? "ILLEGAL_TRANSITION";
};

test("each act makes of each state what the table says, by POST and PATCH, and only for those who may", async () => {
  const clinic = await clinicAtNoon();
  const slug = clinic.ctx.clinic.slug;
  const nowCtx: ClinicContext = { ...clinic.ctx, now: () => new Date() };
  const cases = STATES.flatMap((state) =>
    ACTS.flatMap((act) => {
      const roles =
        act === "undo" && state === "completed" ? ["VIEWER", "STAFF", "ADMIN", "OWNER"] : ["VIEWER", "STAFF"];
      return roles.map((role) => ({ state, act, role }));
    }),
  );
  const counts = new Map<Act, number>();
  const visits = new Map<string, { id: string; at: number }>();
  for (const { state, act, role } of cases) {
    const key = `${state} ${act} ${role === "VIEWER" ? "STAFF" : role}`; // a viewer changes nothing
    if (visits.has(key)) continue;
    const at = counts.get(act) ?? 0;
    counts.set(act, at + 1);
    visits.set(key, { ...(await visitIn(clinic, { state, act, at })), at });
  }
  await expireHolds(nowCtx);
  const [seen, wanted]: [string[], string[]] = [[], []];
  for (const [index, { state, act, role }] of cases.entries()) {
    const { id, at } = visits.get(`${state} ${act} ${role === "VIEWER" ? "STAFF" : role}`) ?? { id: "", at: 0 };
    const [post, patch] = HANDLERS[act];
    const isPatch = index % 4 > 1;
    const answer = await call(isPatch ? patch : post, `/api/clinic/${slug}/appointments/${id}/${act}`, {
      method: isPatch ? "PATCH" : post === DELETE ? "DELETE" : "POST",
      params: { slug, id },
      cookie: clinic.cookies.get(role) ?? "",
      body: bodyOf(act, at),
    });
    seen.push(`${state} ${act} ${role}: ${answer.json.ok ? answer.json.data.state : answer.json.error}`);
    wanted.push(`${state} ${act} ${role}: ${expected(act, state, role)}`);
  }
  expect(seen).toEqual(wanted);
}, 60_000);

test("the table above walks every edge of the domain but the end of a hold, which nobody asks for", () => {
  const walked = new Set(
    Object.values(BECOMES).flatMap((row) =>
      STATES.flatMap((from) => (row[from] && row[from] !== from ? [`${from}>${row[from]}`] : [])),
    ),
  );
  walked.delete("expired>scheduled"); // a late yes: it books anew
  const edges = STATES.flatMap((from) => EDGES[from].map((to) => `${from}>${to}`));
  expect([...walked].toSorted()).toEqual(edges.filter((edge) => edge !== "held>expired").toSorted());
});
