import { expect, test } from "vitest";
import { POST as done } from "@/app/api/clinic/[slug]/tasks/[id]/done/route";
import { call, cookieOf } from "@/db/testing/call";
import { makeClinic, makeUser } from "@/db/testing/make";
import { makeTask } from "@/db/testing/make-talk";
import { makeVisit } from "@/db/testing/make-visit";
import { GET } from "./route";

async function makeHouse() {
  const now = new Date();
  const made = await makeClinic({ timeZone: "UTC" }, now.toISOString());
  const { ctx, patient, provider, cleaning } = made;
  const startsAt = new Date(now.getTime() + 3_600_000);
  await makeVisit(ctx, { patientId: patient.id, providerId: provider.id, serviceId: cleaning.id, startsAt });
  const task = await makeTask(ctx, { patientId: patient.id });
  const cookieFor = async (role: "OWNER" | "STAFF" | "VIEWER") => cookieOf((await makeUser([{ ctx, role }])).id);
  const { slug } = ctx.clinic;
  const read = (cookie?: string) =>
    call(GET, `/api/clinic/${slug}/dashboard`, { params: { slug }, ...(cookie ? { cookie } : {}) });
  const tick = (cookie: string) =>
    call(done, `/api/clinic/${slug}/tasks/${task.id}/done`, { params: { slug, id: task.id }, cookie, body: {} });
  return { ...made, task, cookieFor, read, tick };
}

test("a viewer reads the dashboard in the wire's names, and may not tick tasks off", async () => {
  const { cookieFor, read, tick, task } = await makeHouse();
  const viewer = await cookieFor("VIEWER");
  const { status, json } = await read(viewer);
  expect(status).toBe(200);
  expect(Object.keys(json.data).sort()).toEqual([
    "by_source",
    "inbox",
    "next",
    "no_show_rate",
    "tasks",
    "today",
    "trend",
  ]);
  expect(json.data.today.booked_today).toBe(1);
  expect(json.data.trend).toHaveLength(30);
  expect(json.data.tasks.items[0]).toMatchObject({ id: task.id, conversation_id: null });
  expect((await tick(viewer)).status).toBe(403);
});

test("the desk ticks a task off, and it is gone from the dashboard", async () => {
  const { cookieFor, read, tick, task } = await makeHouse();
  const staff = await cookieFor("STAFF");
  const { status, json } = await tick(staff);
  expect([status, json.data.id, typeof json.data.done_at]).toEqual([200, task.id, "string"]);
  expect((await read(staff)).json.data.tasks).toEqual({ open: 0, items: [] });
});

test("a stranger and another clinic's owner see nothing", async () => {
  const [here, elsewhere] = [await makeHouse(), await makeHouse()];
  expect((await here.read()).status).toBe(401);
  const foreign = await elsewhere.cookieFor("OWNER");
  expect([(await here.read(foreign)).status, (await here.tick(foreign)).status]).toEqual([404, 404]);
});
