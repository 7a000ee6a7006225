import fc from "fast-check";
import { expect, test } from "vitest";
import type { HandOverFailure } from "@/lib/mail/hand-over";
import { LOCALES } from "@/lib/core/locales";
import type { Letter, OutboundMessage } from "@/lib/messaging/channels/channel";
import { languageOf } from "@/lib/messaging/letters/subject";
import { libraryTemplate } from "@/lib/messaging/templates/library";
import { clinicServerOf } from "./clinic-server";
import { outcomeOf } from "./codes";
import { composeMail } from "./compose";
import { htmlOf } from "./html";
import { smtpUrlOf } from "./server-url";

const failure = (fields: Partial<HandOverFailure>): HandOverFailure => ({
  ...{ stage: "recipient", code: "EENVELOPE", reply: undefined, enhanced: undefined },
  ...fields,
});

test.each<[Partial<HandOverFailure>, object]>([
  [
    { reply: 550, enhanced: "5.1.1" },
    { outcome: "refused", reason: "invalid_number", code: "mail_no_mailbox:550" },
  ],
  [{ reply: 550 }, { outcome: "refused", reason: "invalid_number" }],
  [
    { reply: 550, enhanced: "5.7.1" },
    { outcome: "refused", reason: "filtered", code: "mail_refused:550" },
  ],
  [
    { reply: 552, enhanced: "5.2.2" },
    { outcome: "refused", reason: "undeliverable", code: "mail_full:552" },
  ],
  [
    { stage: "body", reply: 554 },
    { outcome: "refused", reason: "filtered" },
  ],
  [
    { stage: "body", reply: 550, enhanced: "5.1.1" },
    { outcome: "refused", reason: "invalid_number" },
  ],
  [{ code: "EENVELOPE" }, { outcome: "refused", reason: "invalid_number", code: "mail_malformed:EENVELOPE" }],
  [{ reply: 450 }, { outcome: "retry", reason: "undeliverable", code: "mail_later:450" }],
  [
    { stage: "body", reply: 451 },
    { outcome: "retry", reason: "undeliverable" },
  ],
  [{ reply: 421 }, { outcome: "retry", reason: "no_connection" }],
  [
    { stage: "sender", reply: 550, enhanced: "5.7.1" },
    { outcome: "retry", reason: "credentials" },
  ],
  [
    { stage: "login", code: "EAUTH", reply: 535 },
    { outcome: "retry", reason: "credentials", code: "mail_login:535" },
  ],
  [
    { stage: "connect", code: "ETLS" },
    { outcome: "retry", reason: "not_configured", code: "mail_tls:ETLS" },
  ],
  [
    { stage: "connect", code: "ECONNREFUSED" },
    { outcome: "retry", reason: "no_connection" },
  ],
  [
    { stage: "recipient", code: "ECONNRESET" },
    { outcome: "retry", reason: "no_connection" },
  ],
  [
    { stage: "body", code: "ECONNRESET" },
    { outcome: "unknown", code: "ECONNRESET" },
  ],
])("%j means %j", (told, outcome) => {
  expect(outcomeOf(failure(told))).toMatchObject(outcome);
});

test("nothing but an answer after the mail has left is unknown, and nothing else is ever sent again blindly", () => {
  const stages = fc.constantFrom("connect", "login", "sender", "recipient", "body");
  const replies = fc.option(fc.integer({ min: 400, max: 599 }), { nil: undefined });
  const codes = fc.constantFrom("ECONNRESET", "ETIMEDOUT", "EENVELOPE", "EMESSAGE", "ESOCKET", "network");
  fc.assert(
    fc.property(stages, replies, codes, (stage, reply, code) => {
      const isUnanswered = stage === "body" && reply === undefined && code !== "EENVELOPE" && code !== "EMESSAGE";
      expect(outcomeOf(failure({ stage, reply, code })).outcome === "unknown").toBe(isUnanswered);
    }),
  );
});

test.each([
  ["smtp://10.1.2.3:587", "address_not_public"],
  ["smtps://169.254.169.254", "address_not_public"],
  ["smtp://[::ffff:192.168.1.1]:25", "address_not_public"],
  ["smtp://127.0.0.1:2525", "address_not_public"],
  ["smtp://[::1]:25", "address_not_public"],
  ["smtp://0x7f.1:25", "address_not_public"],
  ["smtp://93.184.216.34:22", "port_not_allowed"],
  ["smtps://93.184.216.34:6379", "port_not_allowed"],
  ["http://93.184.216.34:25", "no_server"],
])("a clinic's server at %s is refused", async (url, problem) => {
  expect(await clinicServerOf(url, "production")).toBe(problem);
});

test("a clinic's server is spoken to by TLS alone, but on this machine in the demo", async () => {
  const named = "93.184.216.34";
  expect(await clinicServerOf(`smtp://a:b@${named}`, "production")).toMatchObject({ port: 587, mustUpgrade: true });
  expect(await clinicServerOf(`smtps://a:b@${named}`, "demo")).toMatchObject({ port: 465, isSecure: true });
  expect(await clinicServerOf("smtp://127.0.0.1:40123", "demo")).toMatchObject({ port: 40_123, mustUpgrade: false });
});

const LETTER: Letter = {
  ...{ subject: "موعدك\r\nBcc: all@evil.test", senderName: "North\nDental", locale: "ar", isAutomatic: true },
  foot: "North Dental · 1 Main Street",
  unsubscribe: { words: "إيقاف:", url: "https://x.test/u/1", oneClickUrl: "https://x.test/api/u/1", isOneClick: true },
};
const MESSAGE: OutboundMessage = {
  ...{ outboxId: "0190-1", from: "desk@north.test", to: "pat@example.test", text: "مرحبًا\n\nسطر", letter: LETTER },
  credentials: { account: "smtp.north.test" },
};

test("a server's address is made of its parts, and a secret never goes along to another server", () => {
  const known = "smtps://desk%40north.test:a%2Fb%20c@mail.north.test:465";
  expect(smtpUrlOf({ host: "Mail.North.test", port: 465, user: "desk@north.test", password: "a/b c" })).toBe(known);
  expect(smtpUrlOf({ host: "mail.north.test" })).toBe("smtp://mail.north.test:587");
  expect(smtpUrlOf({ port: 587, password: "new" }, known)).toBe("smtp://desk%40north.test:new@mail.north.test:587");
  expect(smtpUrlOf({ host: "evil.test" }, known)).toBe("smtps://evil.test:465");
  expect(smtpUrlOf({ host: "evil.test", user: "desk@north.test" }, known)).toBe(
    "smtps://desk%40north.test@evil.test:465",
  );
  expect(smtpUrlOf({ host: "a b" })).toBeUndefined();
  expect(smtpUrlOf({ host: "x@evil.test/" })).toBeUndefined();
  expect(smtpUrlOf({ password: "alone" })).toBeUndefined();
});

test("a letter has its id, a way out, its language's direction, and headers of one line", () => {
  const mail = composeMail(MESSAGE, undefined);
  expect(mail).toMatchObject({
    messageId: "<0190-1@north.test>",
    from: { name: "North Dental", address: "desk@north.test" },
    subject: "موعدك Bcc: all@evil.test",
    headers: {
      "List-Unsubscribe": "<https://x.test/api/u/1>",
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      "Auto-Submitted": "auto-generated",
    },
  });
  expect(mail.text).toContain("https://x.test/u/1");
  expect(mail.html).toContain('<html lang="ar" dir="rtl">');
});

test("by the deployment's server its own address writes, and answers go to the clinic's mailbox", () => {
  const mail = composeMail(MESSAGE, "Chairside <no-reply@app.test>");
  expect(mail).toMatchObject({ from: { name: "North Dental", address: "no-reply@app.test" } });
  expect(mail).toMatchObject({ replyTo: "desk@north.test", messageId: "<0190-1@app.test>" });
});

test.each(LOCALES)("in %s a letter's link takes the place of the word that ends messages", (locale) => {
  const before = (["recall", "recovery", "rebook", "review"] as const).map(
    (purpose) => libraryTemplate(locale, purpose).body,
  );
  for (const body of before) {
    const [text = ""] = composeMail({ ...MESSAGE, text: body }, undefined).text.split("\n\n");
    expect(body.startsWith(text) && text.length < body.length - 10).toBe(true);
    expect(text).not.toMatch(/STOP|ALTO|توقف/);
  }
});

test("a letter's language is one that its words can be in", () => {
  expect(languageOf("مرحبًا", ["en", "es", "ar"])).toBe("ar");
  expect(languageOf("Hola", ["ar", "es", "en"])).toBe("es");
  expect(languageOf("Hello", ["ar", null])).toBe("en");
  expect(languageOf("شكرًا", ["en-US"])).toBe("ar");
});

test("a letter that nobody could have sent to many offers no way out", () => {
  const { unsubscribe: _, ...plain } = LETTER;
  const mail = composeMail({ ...MESSAGE, letter: plain }, undefined);
  expect(Object.keys(mail.headers ?? {})).not.toContain("List-Unsubscribe");
});

const TAG = /<[^>]*>/g;
const plainOf = (html: string) =>
  html
    .replace(TAG, "")
    .replace(
      /&(lt|gt|quot|#39|amp);/g,
      (_, name: string) => ({ lt: "<", gt: ">", quot: '"', "#39": "'" })[name] ?? "&",
    );

test("whatever is written stays words: no tag of its own gets into the page, and every letter of it is there", () => {
  const bits = fc.constantFrom(
    "<script>",
    "</p>",
    '"onx=',
    "'",
    "&amp;",
    "https://a.test/?q=<b>",
    "javascript:x",
    "\n",
    " ",
  );
  const words = fc.array(fc.oneof(bits, fc.string({ unit: "grapheme" })), { maxLength: 12 }).map((all) => all.join(""));
  const ours = /^<(!doctype html|\/?(html|head|meta|body|div|p|br|hr|a)( [^<>]*)?)>$/;
  fc.assert(
    fc.property(words, (text) => {
      const html = htmlOf(text, [], { lang: "en", dir: "ltr" });
      for (const tag of html.match(TAG) ?? []) expect(tag).toMatch(ours);
      expect(html).not.toMatch(/href="(?!https?:)/);
      expect(plainOf(html)).toBe(text.replace(/\n/g, ""));
    }),
  );
});
