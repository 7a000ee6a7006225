import { expect, test } from "vitest";
import { belongsIn, compareThreads, mergeNewest } from "./list-order";
import type { Conversation, Filters } from "./queries";

const NOW = new Date("2026-03-02T12:00:00Z");
const OPEN: Filters = { view: "open", channel: null, assignee: null, q: "" };

function thread(id: string, minutesAgo: number, fields: Partial<Conversation> = {}): Conversation {
  const at = new Date(NOW.getTime() - minutesAgo * 60_000).toISOString();
  return {
    ...{
      id,
      channel: { kind: "twilio_sms", address: "", bot_mode: "always" },
      contact: { id: "p", masked: "" },
      patients: [],
      holder: "bot",
    },
    ...{
      status: "open",
      assignee: null,
      is_urgent: false,
      unread: 0,
      snoozed_until: null,
      window: null,
      draft: null,
      about_id: null,
    },
    last_message: { text: "", kind: "text", at, direction: "inbound", status: "received" },
    ...fields,
  };
}

const page = (items: Conversation[], next: string | null = null) => ({ items, next_cursor: next });
const idsOf = (pages: { pages: { items: Conversation[] }[] }) =>
  pages.pages.map((one) => one.items.map(({ id }) => id));

test("urgent calls stand above newer messages", () => {
  const urgent = thread("u", 60, { status: "handoff", is_urgent: true });
  const calm = thread("h", 1, { status: "handoff" });
  expect([thread("a", 5), calm, urgent].sort(compareThreads).map(({ id }) => id)).toEqual(["u", "h", "a"]);
});

test("a new thread pushes none off the list, and one that moved up is there once", () => {
  const before = { pages: [page([thread("a", 1), thread("b", 2)], "2"), page([thread("c", 3), thread("d", 4)])] };
  const fresh = page([thread("d", 0), thread("new", 0.5)], "x");
  const merged = mergeNewest({ ...before, pageParams: ["", "2"] }, fresh, [], () => true);
  expect(idsOf(merged)).toEqual([["d", "new", "a", "b"], ["c"]]);
  expect(merged.pages[0]?.next_cursor).toBe("2");
});

test("what left the list is gone, near its top and further down", () => {
  const before = { pages: [page([thread("a", 1), thread("b", 2)], "2"), page([thread("c", 3), thread("d", 4)])] };
  const closed = thread("d", 4, { status: "closed" });
  const merged = mergeNewest(
    { ...before, pageParams: ["", "2"] },
    page([thread("b", 2), thread("c", 3)]),
    [closed],
    (one) => belongsIn(OPEN, one, "me", NOW),
  );
  expect(idsOf(merged)).toEqual([["b", "c"], []]);
});

test("each view has what its name says", () => {
  const mine = { assignee: { id: "me", name: "Me" } };
  const later = new Date(NOW.getTime() + 60_000).toISOString();
  const threads = {
    open: thread("1", 1),
    mine: thread("2", 1, mine),
    handoff: thread("3", 1, { status: "handoff", unread: 1 }),
    asleep: thread("4", 1, { snoozed_until: later, ...mine }),
    woken: thread("5", 1, { snoozed_until: NOW.toISOString() }),
    closed: thread("6", 1, { status: "closed" }),
  };
  const inView = (view: Filters["view"], more: Partial<Filters> = {}) =>
    Object.entries(threads)
      .filter(([, one]) => belongsIn({ ...OPEN, view, ...more }, one, "me", NOW))
      .map(([name]) => name);
  expect(inView("open")).toEqual(["open", "mine", "handoff", "woken"]);
  expect(inView("mine")).toEqual(["mine"]);
  expect(inView("unassigned")).toEqual(["open", "handoff", "woken"]);
  expect(inView("handoff")).toEqual(["handoff"]);
  expect(inView("unread")).toEqual(["handoff"]);
  expect(inView("snoozed")).toEqual(["asleep"]);
  expect(inView("closed")).toEqual(["closed"]);
  expect(inView("open", { q: "crown" })).toEqual(Object.keys(threads));
  expect(inView("open", { assignee: "me" })).toEqual(["mine"]);
});
