import { expect, test } from "vitest";
import { spokenTime } from "./spoken-time";

const NOW = { today: "2026-03-04", now: "10:00" };

test("hours that the words leave to either half of the day come as both", () => {
  const open = spokenTime({ notBefore: "15:00", notAfter: "16:00", words: "3 to 4" }, NOW);
  expect(open).toMatchObject({ type: "interval", from: "2026-03-04T15:00", to: "2026-03-04T16:00" });
  expect(open.readings?.map(({ from }) => from)).toEqual(["2026-03-04T15:00", "2026-03-05T03:00"]);
  expect(spokenTime({ notBefore: "15:00", notAfter: "16:00", words: "3 to 4 pm" }, NOW).readings).toBeUndefined();
});

test("what lasts ends after its length", () => {
  const days = [{ from: "2026-03-05", to: "2026-03-05" }];
  expect(spokenTime({ days, at: "16:00", lastsMinutes: 45, words: "tomorrow 4pm for 45 minutes" }, NOW)).toEqual({
    type: "interval",
    from: "2026-03-05T16:00",
    to: "2026-03-05T16:45",
    grain: "minute",
  });
});

test("a deadline runs from now to the end of its last day", () => {
  const days = [{ from: "2026-03-04", to: "2026-03-31" }];
  expect(spokenTime({ days, words: "by the end of March" }, NOW)).toMatchObject({
    type: "interval",
    from: "2026-03-04T10:00",
    to: "2026-03-31T23:59:59",
  });
});
