import { afterAll, expect, test } from "vitest";
import { makeThread, readSend } from "@/db/testing/make-outbox";
import { startTwilioStub } from "@/stubs/twilio/server";
import { deliverClinic } from "./deliver";
import { doubtSends } from "./doubt-sends";
import { DELIVERY } from "./items";

const stub = await startTwilioStub({ authToken: "test-twilio-auth-token" });
process.env.TWILIO_API_BASE_URL = stub.url;
afterAll(() => stub.close());

const AT_ONCE = { ...DELIVERY, leaseSeconds: 0, reconcileAfterSeconds: 0 };

test("after a restore the vendor is asked for what was due: what it has isn't sent again, what it hasn't is", async () => {
  const [sent, unsent] = [await makeThread(), await makeThread()];
  const there = await sent.say("this one went out before");
  const { sid } = stub.carrier.messages.add({
    ...{ account_sid: stub.carrier.accountSid, from: sent.channel.address, to: sent.phone },
    ...{ body: "this one went out before", direction: "outbound-api", status: "delivered" },
  });
  const notThere = await unsent.say("this one never did");
  for (const { ctx } of [sent, unsent]) {
    expect(await doubtSends(ctx, AT_ONCE)).toBe(1);
    expect(await doubtSends(ctx, AT_ONCE)).toBe(0);
    for (let round = 0; round < 2; round++) await deliverClinic(ctx, AT_ONCE);
  }
  expect(await readSend(sent.ctx, there)).toMatchObject({ status: "delivered", vendorId: sid, attempts: 0 });
  expect(await readSend(unsent.ctx, notThere)).toMatchObject({ status: "sent", attempts: 1 });
  expect(stub.ledger.of("request").map(({ to }) => to)).toEqual([unsent.phone]);
});
