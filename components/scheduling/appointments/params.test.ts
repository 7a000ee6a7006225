import { expect, test } from "vitest";
import { countFilters, daysOf, filterQuery, sortOf } from "./params";

const NONE = { q: "", range: "upcoming", from: null, to: null, status: null } as const;
const PLAIN = { ...NONE, provider: null, service: null, source: null } as const;
const ask = (change: object) => filterQuery({ ...PLAIN, ...change }, "2026-03-31").toString();

test("an address asks for what it says, and for nothing that it can't", () => {
  expect(ask({})).toBe("start_date=2026-03-31");
  expect(ask({ range: "tomorrow" })).toBe("start_date=2026-04-01&end_date=2026-04-01");
  expect(ask({ from: "2026-01-02" })).toBe("start_date=2026-01-02");
  expect(ask({ range: "all", status: "unconfirmed" })).toBe("status=scheduled&confirmation=unasked");
  expect(ask({ range: "all", provider: "x", service: "' or 1=1", from: "soon" })).toBe("");
  expect(daysOf("past", "2026-03-01")).toEqual({ start: "2026-01-30", end: "2026-02-28" });
});

test("the past is read from its end, and the usual view counts as no filter", () => {
  expect(sortOf({ sort: null, range: "past" })).toBe("-start");
  expect(sortOf({ sort: "created", range: "past" })).toBe("created");
  expect([countFilters(PLAIN), countFilters({ ...PLAIN, range: "past", status: "held" })]).toEqual([0, 2]);
});
