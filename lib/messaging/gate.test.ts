import { expect, test } from "vitest";
import { SEND_CLASSES } from "@/db/schema/messaging";
import { decideSend, type GateFacts } from "./gate";

const NOW = new Date("2026-03-02T03:00:00Z");
const OPENS = new Date("2026-03-02T14:00:00Z");
const facts = (fields: Partial<GateFacts>): GateFacts => ({
  sendClass: "reply",
  channel: "sms",
  consent: { service: null, marketing: "in" },
  holder: "bot",
  botMode: "always",
  isChannelActive: true,
  isClinicSuspended: false,
  hasAutomaticSends: true,
  isUnreachable: false,
  lastInboundAt: null,
  opensAt: null,
  now: NOW,
  ...fields,
});
/** Which classes go out under these facts. */
const passing = (fields: Partial<GateFacts>) =>
  SEND_CLASSES.filter((sendClass) => decideSend(facts({ ...fields, sendClass })).verdict === "send");

test("by day everything goes that was agreed to", () => expect(passing({})).toEqual([...SEND_CLASSES]));

test("after a stop on SMS nothing passes but its one confirmation; elsewhere who writes is still answered", () => {
  const out = { service: "out", marketing: "out" } as const;
  expect(passing({ consent: out })).toEqual(["optout_confirmation"]);
  expect(passing({ consent: out, channel: "whatsapp" })).toEqual(["reply", "optout_confirmation"]);
});

test("marketing needs a yes to marketing", () => {
  expect(passing({ consent: { service: "in", marketing: null } })).not.toContain("marketing");
});

test("while staff hold the conversation the bot is silent, and what was planned for the visit still goes", () =>
  expect(passing({ holder: "staff" })).toEqual(["service", "reminder", "optout_confirmation", "staff"]));

test("a suspended clinic answers who writes and sends nothing else", () =>
  expect(passing({ isClinicSuspended: true })).toEqual(["reply", "optout_confirmation"]));

test("with automatic sends stopped only people write; with the bot off only its answers stop", () => {
  expect(passing({ hasAutomaticSends: false })).toEqual(["optout_confirmation", "staff"]);
  expect(passing({ botMode: "off" })).toEqual([
    "service",
    "reminder",
    "offer",
    "marketing",
    "optout_confirmation",
    "staff",
  ]);
});

test("nothing automatic goes to a dead number, only an opt-out confirmation through a channel that is off", () => {
  expect(passing({ isUnreachable: true })).toEqual(["optout_confirmation", "staff"]);
  expect(passing({ isChannelActive: false })).toEqual(["optout_confirmation"]);
});

test("at night what can wait waits for the opening, and the answer to the patient's own act doesn't", () => {
  const night = { opensAt: OPENS };
  expect(passing(night)).toEqual(["reply", "optout_confirmation", "staff"]);
  expect(decideSend(facts({ ...night, sendClass: "reminder" }))).toEqual({ verdict: "later", at: OPENS });
  const acted = { ...night, sendClass: "service", lastInboundAt: new Date("2026-03-02T02:46:00Z") } as const;
  expect(decideSend(facts(acted))).toEqual({ verdict: "send" });
  expect(decideSend(facts({ ...acted, lastInboundAt: new Date("2026-03-02T02:44:00Z") })).verdict).toBe("later");
});
