import { afterAll, afterEach, expect, test } from "vitest";
import type { OutboundMessage } from "@/lib/messaging/channels/channel";
import { startWhatsappStub } from "@/stubs/whatsapp/server";

const accessToken = "a token of the wire's own test";
const stub = await startWhatsappStub({ accessToken, appSecret: "not needed here" });
process.env.WHATSAPP_GRAPH_BASE_URL = stub.url;
const { sendWhatsappCloud } = await import("./send");
afterAll(() => stub.close());
afterEach(() => void stub.meta.faults.splice(0));

const credentials = { account: null, access_token: accessToken };
const message: OutboundMessage = { outboxId: "outbox-1", from: "1001", to: "+12025550101", text: "hello", credentials };

test("what is sent is taken under Meta's id, and carries ours", async () => {
  const sent = await sendWhatsappCloud(message);
  const accepted = stub.ledger.of("accepted").at(-1);
  expect(sent).toEqual({ outcome: "sent", vendorId: accepted?.sid, isDelivered: false });
  expect(accepted).toMatchObject({ outboxId: "outbox-1", to: "12025550101", from: "1001" });
});

test.each([
  [131047, "refused", "window_closed"],
  [131026, "refused", "undeliverable"],
  [131049, "refused", "marketing_cap"],
  [132001, "refused", "template"],
  [131051, "refused", "unsupported"],
  [131048, "retry", "paced"],
  [131056, "retry", "paced"],
  [130429, "retry", "paced"],
  [190, "retry", "credentials"],
  [131000, "retry", "vendor_down"],
] as const)("Meta's %i is %s: %s", async (code, outcome, reason) => {
  stub.fail({ kind: "error", code });
  expect(await sendWhatsappCloud(message)).toMatchObject({ outcome, reason, code: String(code) });
});

test("too many to one person slows that pair down, too many at all the number", async () => {
  stub.fail({ kind: "error", code: 131056 }, { kind: "too_many", retryAfter: 7 });
  expect(await sendWhatsappCloud(message)).toMatchObject({ isPair: true, afterSeconds: 6 });
  expect(await sendWhatsappCloud(message)).toMatchObject({ isPaced: true, afterSeconds: 7 });
});

test.each([
  ["a connection that breaks after the acceptance", { kind: "reset", isAccepted: true }],
  ["one that breaks before", { kind: "reset", isAccepted: false }],
  ["a gateway's word in place of Meta's", { kind: "gateway", status: 502, isAccepted: true }],
] as const)("%s leaves the outcome unknown", async (_, fault) => {
  stub.fail(fault);
  expect((await sendWhatsappCloud(message)).outcome).toBe("unknown");
});

test("without a token nothing is sent; a wrong one is ours to mend", async () => {
  expect(await sendWhatsappCloud({ ...message, credentials: { account: null } })).toMatchObject({
    ...{ outcome: "retry", reason: "not_configured" },
  });
  const wrong = { account: null, access_token: "another" };
  expect(await sendWhatsappCloud({ ...message, credentials: wrong })).toMatchObject({
    ...{ outcome: "retry", reason: "credentials", code: "190" },
  });
});

test("a host that refuses the connection has nothing of it", async () => {
  await stub.close();
  await sendWhatsappCloud(message); // a connection that was kept open may break on this one
  expect(await sendWhatsappCloud(message)).toMatchObject({ outcome: "retry", reason: "no_connection" });
});
