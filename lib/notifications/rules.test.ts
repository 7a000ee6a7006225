import { expect, test } from "vitest";
import { isTold, kindsFor, waysFor } from "./rules";
import { KINDS } from "./schema";

const NOTHING = { inPortal: false, byEmail: false, bySms: false };

test("every kind can be turned off but emergencies, which stay in the portal", () => {
  for (const kind of KINDS) expect(waysFor(kind, NOTHING).inPortal).toBe(kind === "emergency");
});

test("a member's choice wins over the default", () => {
  expect(waysFor("handoff", undefined)).toEqual({ inPortal: true, byEmail: false, bySms: false });
  expect(waysFor("handoff", { ...NOTHING, byEmail: true })).toEqual({ ...NOTHING, byEmail: true });
});

test("viewers are told nothing, what only managers can mend reaches managers alone", () => {
  expect(kindsFor("VIEWER")).toEqual([]);
  expect(kindsFor("OWNER")).toEqual([...KINDS]);
  expect(isTold("STAFF", "channel_broken")).toBe(false);
  expect(isTold("STAFF", "emergency")).toBe(true);
});
