import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startSmtpStub } from "@/stubs/smtp/server";
import { handOver } from "./hand-over";
import { readMailbox } from "./mailbox";
import { smtpServerOf } from "./smtp-server";

test("what the demo's mail server takes is read as its reader sees it, the newest first", async () => {
  const mailboxPath = join(mkdtempSync(join(tmpdir(), "mailbox-")), "mail.jsonl");
  const stub = await startSmtpStub({ mailboxPath });
  const server = smtpServerOf(stub.url);
  if (!server) throw new Error("no server");
  const mail = { messageId: "<1@clinic.test>", from: { name: "Zahnärzte", address: "desk@clinic.test" } };
  await handOver({ ...mail, to: "a@example.com", subject: "Erste", text: "eins" }, server);
  const arabic = { to: "b@example.com", subject: "موعدك غدًا", text: "نراك غدًا", html: "<p>نراك غدًا</p>" };
  await handOver({ ...mail, ...arabic }, server);
  await stub.close();

  const read = await readMailbox(mailboxPath);
  expect(read).toMatchObject([
    { id: 2, ...arabic, from: "Zahnärzte <desk@clinic.test>" },
    { id: 1, to: "a@example.com", subject: "Erste", text: "eins", html: null },
  ]);
});

test("a mailbox that nothing came to yet is empty", async () => {
  expect(await readMailbox(join(tmpdir(), "nobody", "mail.jsonl"))).toEqual([]);
});
