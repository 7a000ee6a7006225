import { expect, test } from "vitest";
import { SEND_CLASSES } from "@/db/schema/messaging";
import { messagesOf } from "@/lib/core/catalogue";
import { decideSend, SUPPRESSED, type GateFacts, type Verdict } from "./gate";

const NOW = new Date("2026-03-02T03:00:00Z");
const OPENS = new Date("2026-03-02T14:00:00Z");
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const hoursAhead = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
const facts = (fields: Partial<GateFacts>): GateFacts => ({
  sendClass: "reply",
  channel: "sms",
  consent: { service: null, marketing: "in" },
  stoppedAt: null,
  holder: "bot",
  botMode: "always",
  isClinicOpen: true,
  isChannelActive: true,
  isClinicSuspended: false,
  hasAutomaticSends: true,
  address: "good",
  lastInboundAt: null,
  lastActAt: null,
  window: "none",
  hasTwin: false,
  sent: { today: 0, week: 0 },
  caps: { perDay: 1, perWeek: 3 },
  isBooked: false,
  isDuplicate: false,
  expiresAt: null,
  leavesHours: 2,
  opening: "now",
  now: NOW,
  ...fields,
});
const decide = (fields: Partial<GateFacts>) => decideSend(facts(fields));
/** Which classes go out under these facts. */
const passing = (fields: Partial<GateFacts>) =>
  SEND_CLASSES.filter((sendClass) => ["send", "template"].includes(decide({ ...fields, sendClass }).verdict));
const PROACTIVE = ["service", "reminder", "offer", "marketing"] as const;

test("by day everything goes that was agreed to", () => expect(passing({})).toEqual([...SEND_CLASSES]));

test("after a stop on SMS nothing passes but its one confirmation, whatever they write later", () => {
  const out = { service: "out", marketing: "out" } as const;
  expect(passing({ consent: out, stoppedAt: minutesAgo(5) })).toEqual(["optout_confirmation"]);
  const wrote = { lastInboundAt: minutesAgo(1), lastActAt: minutesAgo(1) };
  expect(passing({ consent: out, stoppedAt: minutesAgo(5), ...wrote })).toEqual(["optout_confirmation"]);
});

test.each(["whatsapp", "email"] as const)(
  "after a stop by %s who writes again is answered, and nothing else",
  (channel) => {
    const out = { consent: { service: "out", marketing: "out" }, channel, stoppedAt: minutesAgo(5) } as const;
    expect(passing({ ...out, lastInboundAt: minutesAgo(5), lastActAt: minutesAgo(5) })).toEqual([
      "optout_confirmation",
    ]);
    const again = { lastInboundAt: minutesAgo(1), lastActAt: minutesAgo(1) };
    expect(passing({ ...out, ...again })).toEqual(["reply", "service", "optout_confirmation", "staff"]);
    const longAgo = { lastInboundAt: minutesAgo(4), lastActAt: minutesAgo(20) };
    expect(passing({ ...out, ...longAgo })).not.toContain("service");
  },
);

test("marketing needs a yes to marketing, and says whether there was a no", () => {
  const reason = (marketing: "in" | "out" | null) =>
    decide({ sendClass: "marketing", consent: { service: "in", marketing } });
  expect(reason(null)).toEqual({ verdict: "suppress", reason: "no_consent" });
  expect(reason("out")).toEqual({ verdict: "suppress", reason: "opted_out" });
  expect(reason("in")).toEqual({ verdict: "send" });
});

test("while staff hold the conversation the bot is silent, and what was planned for the visit still goes", () =>
  expect(passing({ holder: "staff" })).toEqual(["service", "reminder", "optout_confirmation", "staff"]));

test("a suspended clinic answers who writes and sends nothing else", () =>
  expect(passing({ isClinicSuspended: true })).toEqual(["reply", "optout_confirmation"]));

test("with automatic sends stopped only people write; with the bot off only its answers stop", () => {
  expect(passing({ hasAutomaticSends: false })).toEqual(["optout_confirmation", "staff"]);
  const withoutReplies = SEND_CLASSES.filter((sendClass) => sendClass !== "reply");
  expect(passing({ botMode: "off" })).toEqual(withoutReplies);
  expect(passing({ botMode: "drafts" })).toEqual(withoutReplies);
  expect(passing({ botMode: "out_of_hours" })).toEqual(withoutReplies);
  expect(passing({ botMode: "out_of_hours", isClinicOpen: false })).toEqual([...SEND_CLASSES]);
});

test("nothing automatic goes to a dead number, only an opt-out confirmation through a channel that is off", () => {
  expect(passing({ address: "unreachable" })).toEqual(["optout_confirmation", "staff"]);
  expect(decide({ address: "bad", sendClass: "reminder" })).toEqual({ verdict: "suppress", reason: "number_bad" });
  expect(passing({ isChannelActive: false })).toEqual(["optout_confirmation"]);
});

test("marketing and offers share a limit of the day and one of the week; reminders know none", () => {
  const uncapped = ["reply", "service", "reminder", "optout_confirmation", "staff"];
  expect(passing({ sent: { today: 1, week: 1 } })).toEqual(uncapped);
  expect(passing({ sent: { today: 0, week: 3 } })).toEqual(uncapped);
  expect(passing({ sent: { today: 0, week: 2 } })).toEqual([...SEND_CLASSES]);
  expect(decide({ sendClass: "offer", sent: { today: 1, week: 1 } })).toMatchObject({ reason: "cap_reached" });
});

test("whoever has a visit is not invited to one, and the same words don't go twice a day", () => {
  expect(decide({ sendClass: "marketing", isBooked: true })).toMatchObject({ reason: "already_booked" });
  expect(passing({ isDuplicate: true })).toEqual(["reply", "service", "optout_confirmation", "staff"]);
});

test("with the window closed a template goes in its place, and nothing goes where there is none", () => {
  expect(passing({ window: "closed" })).toEqual(["optout_confirmation"]);
  for (const sendClass of SEND_CLASSES.filter((one) => one !== "optout_confirmation")) {
    expect(decide({ window: "closed", hasTwin: true, sendClass })).toEqual({ verdict: "template" });
    expect(decide({ window: "closed", sendClass })).toEqual({ verdict: "suppress", reason: "window_closed" });
    expect(decide({ window: "open", sendClass })).toEqual({ verdict: "send" });
  }
});

test("at night what can wait waits for the opening, and the answer to the patient's own act doesn't", () => {
  const night = { opening: OPENS };
  const later = { verdict: "later", at: OPENS, why: "quiet_hours" } satisfies Verdict;
  expect(passing(night)).toEqual(["reply", "optout_confirmation", "staff"]);
  for (const sendClass of PROACTIVE) expect(decide({ ...night, sendClass })).toEqual(later);
  expect(decide({ ...night, sendClass: "service", lastActAt: minutesAgo(14) })).toEqual({ verdict: "send" });
  expect(decide({ ...night, sendClass: "service", lastActAt: minutesAgo(16) })).toEqual(later);
  expect(decide({ ...night, sendClass: "reminder", lastActAt: minutesAgo(1) })).toEqual(later);
});

test("a reminder waits for the opening only if that leaves it its hours before the visit", () => {
  const night = { opening: OPENS, sendClass: "reminder" } as const; // opens in 11 hours
  expect(decide({ ...night, expiresAt: hoursAhead(13) }).verdict).toBe("later");
  expect(decide({ ...night, expiresAt: hoursAhead(12.9) })).toEqual({ verdict: "suppress", reason: "expired" });
  expect(decide({ ...night, expiresAt: hoursAhead(31), leavesHours: 20 }).verdict).toBe("later");
  expect(decide({ ...night, expiresAt: hoursAhead(30.9), leavesHours: 20 }).verdict).toBe("suppress");
  expect(decide({ ...night, sendClass: "service", expiresAt: hoursAhead(12) }).verdict).toBe("later");
  expect(decide({ ...night, sendClass: "service", expiresAt: hoursAhead(10) }).verdict).toBe("suppress");
});

test("nothing proactive goes where no hour is decent", () =>
  expect(passing({ opening: "never" })).toEqual(["reply", "optout_confirmation", "staff"]));

test("nothing goes after its time, not even a confirmation", () => expect(passing({ expiresAt: NOW })).toEqual([]));

test.each(["en", "ar", "es"])("every reason has words in %s", (locale) => {
  const { suppressed } = messagesOf(locale).inbox;
  expect(SUPPRESSED.filter((reason) => !Object.hasOwn(suppressed, reason))).toEqual([]);
});
