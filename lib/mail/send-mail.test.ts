import { afterAll, expect, test } from "vitest";
import { startSmtpStub } from "@/stubs/smtp/server";
import { sendMail } from "./send-mail";

const stub = await startSmtpStub();
afterAll(() => stub.close());
const MAIL = { id: "0190", to: "desk@example.test", subject: "Réveil ☎", text: "Two\nlines", from: "A <a@b.test>" };

test("a mail arrives as it was written, under an id of ours", async () => {
  const sent = await sendMail(MAIL, stub.url);
  expect(sent).toEqual({ outcome: "sent", messageId: "<0190@localhost>" });
  const [mail] = stub.mails.splice(0);
  expect(mail).toMatchObject({ from: "a@b.test", to: ["desk@example.test"] });
  expect(mail?.raw).toMatch(/^Message-ID: <0190@localhost>/im);
  expect(mail?.raw).toContain("Two\r\nlines");
});

test.each([
  ["refuse", { outcome: "refused", code: "554" }],
  ["reject-recipient", { outcome: "refused", code: "550" }],
  ["busy", { outcome: "retry", code: "451" }],
] as const)("a server that answers %s has nothing of it", async (fault, outcome) => {
  stub.faults.push(fault);
  expect(await sendMail(MAIL, stub.url)).toEqual(outcome);
  expect(stub.mails).toEqual([]);
});

test("a connection that breaks after the mail leaves it unknown: it may have arrived", async () => {
  stub.faults.push("drop");
  expect(await sendMail(MAIL, stub.url)).toMatchObject({ outcome: "unknown" });
  expect(stub.mails.splice(0)).toHaveLength(1);
});

test("a server that isn't there took nothing, and without one there is nobody to ask", async () => {
  expect(await sendMail(MAIL, "smtp://127.0.0.1:1")).toMatchObject({ outcome: "retry" });
  expect(await sendMail(MAIL, "")).toEqual({ outcome: "refused", code: "no_server" });
});
