import { afterAll, expect, test } from "vitest";
import { startSmtpStub, type SmtpFault } from "@/stubs/smtp/server";
import { handOver, knock, type WholeMail } from "./hand-over";
import { smtpServerOf, type SmtpServer } from "./smtp-server";

const stub = await startSmtpStub({ login: { user: "clinic@own.test", pass: "a pass/word" } });
afterAll(() => stub.close());

const serverAt = (url: string): SmtpServer => {
  const server = smtpServerOf(url);
  if (!server) throw new Error("no server");
  return server;
};
const MAIL: WholeMail = {
  messageId: "<0190@own.test>",
  from: { name: "Cliníca\r\nBcc: x@evil.test", address: "clinic@own.test" },
  to: "pat@example.test",
  subject: "Hi",
  text: "one\n.two",
  html: "<p>one</p>",
};

test("a mail goes to a server that asks for secrets, whole and to its one recipient", async () => {
  expect(await handOver(MAIL, serverAt(stub.url))).toEqual({ isTaken: true });
  const [mail] = stub.mails.splice(0);
  expect(mail).toMatchObject({ from: "clinic@own.test", to: ["pat@example.test"] });
  expect(mail?.raw).toContain("\r\n.two");
  expect(mail?.raw).not.toMatch(/^Bcc:/im);
  expect(stub.ledger.at(-1)).toMatchObject({ kind: "accepted", outboxId: "0190" });
});

test.each<[SmtpFault, object]>([
  ["refuse-sender", { stage: "sender", reply: 550, enhanced: "5.7.1" }],
  ["reject-recipient", { stage: "recipient", reply: 550, enhanced: "5.1.1" }],
  ["greylist", { stage: "recipient", reply: 450, enhanced: "4.7.1" }],
  ["drop-early", { stage: "recipient", reply: undefined }],
  ["refuse", { stage: "body", reply: 554 }],
  ["busy", { stage: "body", reply: 451 }],
  ["drop", { stage: "body", reply: undefined }],
])("a server that answers %s is told apart by how far the talk came", async (fault, failure) => {
  stub.faults.push(fault);
  expect(await handOver(MAIL, serverAt(stub.url))).toMatchObject({ isTaken: false, ...failure });
  expect(stub.mails.splice(0)).toHaveLength(fault === "drop" ? 1 : 0);
});

test("a server that takes the mail and then says nothing leaves it unknown", async () => {
  stub.faults.push("stall");
  expect(await handOver(MAIL, serverAt(stub.url), 200)).toMatchObject({ isTaken: false, stage: "body" });
  expect(stub.mails.splice(0)).toHaveLength(1);
});

test("knocking tells right secrets from wrong ones, hands nothing over, and needs somebody to be there", async () => {
  expect(await knock(serverAt(stub.url))).toEqual({ isTaken: true });
  const wrong = { ...serverAt(stub.url), auth: { user: "clinic@own.test", pass: "wrong" } };
  expect(await knock(wrong)).toMatchObject({ isTaken: false, stage: "login", reply: 535 });
  expect(await knock(serverAt("smtp://127.0.0.1:1"))).toMatchObject({ stage: "connect", code: "ECONNREFUSED" });
  expect(stub.mails).toEqual([]);
});

test("where TLS must be, nothing is said without it, not even the secrets", async () => {
  const refused = await handOver(MAIL, { ...serverAt(stub.url), mustUpgrade: true });
  expect(refused).toMatchObject({ isTaken: false, stage: "connect", code: "ETLS" });
  expect(stub.mails).toEqual([]);
});

test.each(["", "https://mail.example.test", "mail.example.test:587", "smtp://"])("%j names no server", (url) => {
  expect(smtpServerOf(url)).toBeUndefined();
});
