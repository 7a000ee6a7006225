import { inCode, inDatabase, type Guard } from "./guard";

const MESSAGING_MIGRATION = "db/migrations/0003_messaging_guards.sql";
const WAITLIST_MIGRATION = "db/migrations/0010_waitlist.sql";

const GUARDS_TEST = "db/testing/guards.db.test.ts";
const OCCUPY_TEST = "lib/scheduling/occupy.db.test.ts";
const META_TEST = "lib/messaging/channels/whatsapp-cloud/receive.db.test.ts";
const INGEST_TEST = "lib/messaging/ingest/ingest.db.test.ts";
const OUTBOX_TEST = "lib/messaging/outbox/outbox.db.test.ts";
const WHATSAPP_SENDS_TEST = "lib/messaging/outbox/whatsapp-sends.db.test.ts";
const MAIL_TEST = "lib/messaging/channels/email-smtp/email-smtp.test.ts";
const WAITLIST_TEST = "lib/waitlist/simulation.db.test.ts";
const MESSAGES_TEST = "lib/messaging/database-guards.db.test.ts";

const DATABASE: Guard[] = [
  inDatabase(
    "exclusion constraint",
    ["ALTER TABLE occupancies DROP CONSTRAINT occupancies_no_overlap"],
    "lib/scheduling/race.db.test.ts",
    "who read the book before a rival's commit is refused all the same, by the database",
  ),
  inDatabase(
    "deferred trigger on visits",
    ["DROP TRIGGER occupancies_match_status ON appointments"],
    OCCUPY_TEST,
    "a visit that occupies nothing, and one that is over and still occupies, are refused at commit",
  ),
  inDatabase(
    "deferred trigger on occupancies",
    ["DROP TRIGGER occupancies_match_plan ON occupancies"],
    OCCUPY_TEST,
    "a booked visit's time can't be taken from under it",
  ),
  inDatabase(
    "deferred trigger on segments",
    ["DROP TRIGGER segments_match_occupancies ON appointment_segments"],
    OCCUPY_TEST,
    "a plan can't say something else than what is occupied",
  ),
  inDatabase(
    "appointment edge trigger",
    ["DROP TRIGGER appointments_edge ON appointments"],
    OCCUPY_TEST,
    "a step that is no edge is refused by the database itself",
  ),
  inDatabase(
    "message status trigger",
    ["DROP TRIGGER messages_status_forward ON messages"],
    MESSAGES_TEST,
    "a message's status can't be written backwards",
  ),
  inDatabase(
    "row-level security policy",
    ["ALTER POLICY own_clinic ON patients USING (true) WITH CHECK (true)"],
    "db/testing/make.db.test.ts",
    "a clinic's transaction sees its own patients and no other clinic's",
  ),
  inDatabase(
    "forced row-level security",
    ["ALTER TABLE patients NO FORCE ROW LEVEL SECURITY"],
    GUARDS_TEST,
    "every table has forced row-level security",
  ),
  inDatabase(
    "dedupe of webhook events",
    [
      "ALTER TABLE webhook_events DROP CONSTRAINT webhook_events_once_uq",
      "ALTER TABLE webhook_events ADD CONSTRAINT webhook_events_once_uq UNIQUE (id)",
    ],
    MESSAGES_TEST,
    "a delivery that comes twice is one raw event",
  ),
  inDatabase(
    "unique vendor id of messages",
    ["DROP INDEX messages_vendor_id_uq"],
    MESSAGES_TEST,
    "the same vendor's message can't be stored twice",
  ),
  inDatabase(
    "dedupe key of the outbox",
    ["DROP INDEX outbox_dedupe_uq"],
    "lib/messaging/outbox/deliver.db.test.ts",
    "the same dedupe key is the same message",
    MESSAGING_MIGRATION,
  ),
  inDatabase(
    "one open conversation",
    ["DROP INDEX conversations_one_open_uq"],
    MESSAGES_TEST,
    "a second open conversation with one person on one channel is refused",
  ),
  inDatabase(
    "one claim of a freed slot",
    ["DROP INDEX waitlist_offers_one_claim_uq"],
    WAITLIST_TEST,
    "one slot has one claim and one person one offer of a day",
    WAITLIST_MIGRATION,
  ),
  inDatabase(
    "one new offer a day",
    ["DROP INDEX waitlist_offers_one_a_day_uq"],
    WAITLIST_TEST,
    "one slot has one claim and one person one offer of a day",
    WAITLIST_MIGRATION,
  ),
  inDatabase(
    "trigger on freed time",
    ["DROP TRIGGER appointments_freed_time ON appointments"],
    "lib/waitlist/fill-slot.db.test.ts",
    "a cancel frees its time in the same commit",
    WAITLIST_MIGRATION,
  ),
];

const CODE: Guard[] = [
  inCode(
    "Twilio signature",
    "lib/messaging/channels/twilio-sms/receive.ts",
    [`if (!(await isSignedByTwilio(request, raw, form))) return err("SIGNATURE_INVALID");`, ""],
    { file: INGEST_TEST, name: "a delivery without a signature is 403 and leaves nothing" },
  ),
  inCode(
    "Meta signature",
    "lib/messaging/channels/whatsapp-cloud/receive.ts",
    [`const proof = await proofOf(request, raw, numbers);`, `const proof = { number: null };`],
    { file: META_TEST, name: "what is unsigned, signed with another secret, or too large leaves nothing behind" },
  ),
  inCode(
    "a WhatsApp number's own key",
    "lib/messaging/channels/whatsapp-cloud/receive.ts",
    ["else return undefined;", ""],
    {
      file: META_TEST,
      name: "a clinic with an app of its own is spoken for by that app alone, and speaks for nobody else",
    },
  ),
  inCode(
    "the sender of a status",
    "lib/messaging/ingest/status.ts",
    ["if (!isSenderOf(found, event, read)) return false;", ""],
    {
      file: "lib/messaging/outbox/status-sender.db.test.ts",
      name: "a status under another clinic's own WhatsApp number changes nothing, and is counted",
    },
  ),
  inCode(
    "the key that news of an account came under",
    "lib/messaging/ingest/route-notice.ts",
    ["and(eq(channels.account, account), notExists(ownKey))", "eq(channels.account, account)"],
    {
      file: "lib/messaging/ingest/notices.db.test.ts",
      name: "a clinic's own app speaks for its own account alone, and the deployment's not for such a clinic",
    },
  ),
  inCode(
    "consent in the send gate",
    "lib/messaging/gate/gate.ts",
    [`if (consent.service === "out" && !isAnswerAfterStop(facts)) return "opted_out";`, ""],
    { file: "lib/messaging/outbox/deliver.db.test.ts", name: "a stop takes back what waits and stops what comes" },
  ),
  inCode(
    "yes to marketing in the send gate",
    "lib/messaging/gate/gate.ts",
    [`if (policy.needsMarketingConsent && consent.marketing !== "in")`, `if (consent.marketing === "out" && false)`],
    {
      file: "lib/messaging/gate/gate.test.ts",
      name: "marketing needs a yes to marketing, and says whether there was a no",
    },
  ),
  inCode(
    "limits of invitations in the claim",
    "lib/messaging/gate/gate.ts",
    [`return "cap_reached";`, "return undefined;"],
    { file: OUTBOX_TEST, name: "two invitations claimed at once by two workers are one" },
  ),
  inCode(
    "quiet hours in the send gate",
    "lib/messaging/gate/gate.ts",
    [`facts.opening !== "now" && !isAnswerToOwnAct(facts)`, "false"],
    { file: OUTBOX_TEST, name: "what is of no use any more is dropped, and what waits for a decent hour says so" },
  ),
  inCode(
    "breaker of a channel",
    "lib/messaging/outbox/store.ts",
    [`if (outcome.outcome === "unknown" || (reason && NOT_ITS_FAULT.includes(reason)))`, "if (false)"],
    { file: OUTBOX_TEST, name: "a vendor that is down rests behind a breaker" },
  ),
  inCode(
    "one probe of a channel at rest",
    "lib/messaging/outbox/pace.ts",
    ["if (await isBreakerTrippedIn(tx, ctx, channelId))", "if (false)"],
    { file: OUTBOX_TEST, name: "a vendor that is down rests behind a breaker" },
  ),
  inCode("consent on the way of a fallback", "lib/messaging/outbox/fall-back.ts", ["if (isUnwanted) continue;", ""], {
    file: WHATSAPP_SENDS_TEST,
    name: "no fallback goes round a stop",
  }),
  inCode(
    "superseding by one key",
    "lib/messaging/outbox/reissue.ts",
    [".set({ supersededAt: sql`now()` })", ".set({ lastError: sql`'superseded'` })"],
    { file: WHATSAPP_SENDS_TEST, name: "what WhatsApp can't deliver goes by SMS under the same key" },
  ),
  inCode(
    "no blind resend of what nobody knows",
    "lib/messaging/outbox/reconcile.ts",
    [
      `unanswerable: { state: "unknown", leaseUntil: null } as const,`,
      `unanswerable: { state: "due", leaseUntil: null } as const,`,
    ],
    { file: WHATSAPP_SENDS_TEST, name: "a WhatsApp send of which nobody knows is shown to staff" },
  ),
  inCode(
    "no blind resend of a letter that left",
    "lib/messaging/channels/email-smtp/codes.ts",
    [`if (reply === undefined) return stage === "body" ?`, `if (reply === undefined) return false ?`],
    { file: "lib/messaging/outbox/email.db.test.ts", name: "an answer lost after the letter left stays unknown" },
  ),
  inCode(
    "public addresses alone for a clinic's mail server",
    "lib/messaging/channels/email-smtp/clinic-server.ts",
    ["if (!found.every(({ address }) => isPublicAddress(address)))", "if (false)"],
    { file: MAIL_TEST, name: "a clinic's server at smtps://169.254.169.254 is refused" },
  ),
  inCode(
    "TLS to a clinic's mail server",
    "lib/messaging/channels/email-smtp/clinic-server.ts",
    ["mustUpgrade: !server.isSecure", "mustUpgrade: false"],
    { file: MAIL_TEST, name: "a clinic's server is spoken to by TLS alone" },
  ),
  inCode(
    "signature of a way out",
    "lib/messaging/unsubscribe/link.ts",
    [" || !sameSecret(signature, signatureOf(body))", ""],
    { file: "lib/messaging/unsubscribe/unsubscribe.db.test.ts", name: "no other token than ours opens anything" },
  ),
  inCode(
    "fencing token of the outbox",
    "lib/messaging/outbox/store.ts",
    [", eq(outbox.leaseToken, item.leaseToken)", ""],
    { file: "lib/messaging/outbox/deliver.db.test.ts", name: "a worker whose lease has passed on writes nothing" },
  ),
  inCode(
    "fencing token of turns",
    "lib/dialog/claim-turn.ts",
    [
      `.where(and(mine(ctx, conversationId), eq(conversations.turnLeaseToken, token)))
    .for("update");`,
      `.where(mine(ctx, conversationId))
    .for("update");`,
    ],
    { file: "lib/dialog/take-turn.db.test.ts", name: "a worker that lost its lease writes nothing" },
  ),
  inCode(
    "compare-and-set of the turn's lease",
    "lib/dialog/claim-turn.ts",
    ["isFree, lte(conversations.turnDueAt", "lte(conversations.turnDueAt"],
    { file: "lib/dialog/take-turn.db.test.ts", name: "a worker that lost its lease writes nothing" },
  ),
  inCode(
    "idempotency key",
    "lib/core/idempotency.ts",
    ["if (claimed.length === 1) return undefined;", "if (claimed.length >= 0) return undefined;"],
    { file: GUARDS_TEST, name: "the same key does the work once, even when asked twice at the same moment" },
  ),
  inCode(
    "same origin",
    "lib/http/enter.ts",
    [`if (!READS.has(request.method) && !isSameOrigin(request)) return err("FORBIDDEN", { why: "cross_site" });`, ""],
    { file: "lib/identity/log-in.db.test.ts", name: "a change from another site's origin is refused" },
  ),
  inCode("role's permission", "lib/http/enter.ts", [`if (!may(member.role, action)) return err("FORBIDDEN");`, ""], {
    file: "lib/http/permission-matrix.db.test.ts",
    name: "api/clinic/[slug]/simulator lets in exactly the roles of the permission table",
  }),
  inCode("epoch of sessions", "lib/identity/session.ts", [" || session.userEpoch !== user.epoch", ""], {
    file: "lib/identity/log-in.db.test.ts",
    name: "raising a user's epoch or disabling them ends every session",
  }),
  inCode(
    "compare-and-set of a freed slot",
    "lib/waitlist/claim.ts",
    [`and(thisSlot(ctx, offer.slotId), inArray(freedSlots.status, ["open", "over"]))`, "thisSlot(ctx, offer.slotId)"],
    { file: "lib/waitlist/fill-slot.db.test.ts", name: "a late yes books while the slot is open" },
  ),
];

export const GUARDS: readonly Guard[] = [...DATABASE, ...CODE];
