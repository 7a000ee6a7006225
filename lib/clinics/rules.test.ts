import { expect, test } from "vitest";
import { DEFAULT_RULES, rulesOf } from "./rules";

test("a clinic without settings has the defaults of the domain", () => {
  expect(rulesOf({})).toEqual(DEFAULT_RULES);
  expect(DEFAULT_RULES).toMatchObject({ publicHoldMinutes: 10, threadHoldMinutes: 30, noShowAfterMinutes: 15 });
});

test("what a clinic set holds, also when it is zero; what it left out takes the default", () => {
  expect(rulesOf({ minimumNoticeMinutes: 0, slotStepMinutes: undefined })).toEqual({
    ...DEFAULT_RULES,
    minimumNoticeMinutes: 0,
  });
});
