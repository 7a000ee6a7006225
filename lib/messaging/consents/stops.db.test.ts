import fc from "fast-check";
import { and, eq } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { consentEvents } from "@/db/schema/patients";
import { messages } from "@/db/schema/messaging";
import { inClinic } from "@/db/testing/make";
import { makeThread, readSend } from "@/db/testing/make-outbox";
import { query } from "@/lib/core/transact";
import { startTwilioStub } from "@/stubs/twilio/server";
import { recordConsentIn } from "./consent";
import { deliverClinic } from "@/lib/messaging/outbox/deliver";
import { recordStatusIn, type VendorWord } from "@/lib/messaging/outbox/record-status";

const twilio = await startTwilioStub({ authToken: "test-twilio-auth-token" });
process.env.TWILIO_API_BASE_URL = twilio.url;
afterAll(() => twilio.close());

const DAY = "2026-03-02T16:00:00Z";
const CLASSES = ["reply", "service", "reminder", "staff"] as const;

/** One step of a random life: something is written, the person stops or starts again, a worker looks at the outbox. */
const Step = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...CLASSES).map((sendClass) => ({ does: "write", sendClass }) as const) },
  { weight: 2, arbitrary: fc.constant({ does: "stop" } as const) },
  { weight: 1, arbitrary: fc.constant({ does: "start" } as const) },
  { weight: 4, arbitrary: fc.constant({ does: "deliver" } as const) },
);

test("whatever happens at once, no send begins after the commit of a stop (I8)", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(Step, { minLength: 6, maxLength: 14 }), async (steps) => {
      const { ctx, phone, point, say } = await makeThread({ pacePerSecond: 400 }, [{}, DAY]);
      const stopped: { from: number; to: number }[] = [];
      const running: Promise<unknown>[] = [];
      let stops = 0;
      let at = ctx.now().getTime();
      const change = (state: "in" | "out") => {
        const said = { contactPointId: point.id, channelKind: "sms", state, how: "keyword", words: state } as const;
        return inClinic(ctx, (tx) => recordConsentIn(tx, ctx, { ...said, at: new Date(++at) }));
      };
      for (const step of steps) {
        if (step.does === "write") await say(`a ${step.sendClass}`, step.sendClass);
        if (step.does === "deliver") running.push(deliverClinic(ctx));
        if (step.does === "stop") {
          await change("out");
          stops += 1;
          // A second stop in a row changes nothing: the stretch that the first one began goes on.
          if (stopped.at(-1)?.to !== Infinity) stopped.push({ from: Date.now(), to: Infinity });
        }
        const last = stopped.at(-1);
        if (step.does === "start" && last?.to === Infinity) {
          last.to = Date.now();
          await change("in");
        }
      }
      await Promise.all(running);
      const begun = twilio.ledger.of("request").filter((entry) => entry.to === phone);
      expect(
        begun.filter(({ at }) => stopped.some(({ from, to }) => from < Date.parse(at) && Date.parse(at) < to)),
      ).toEqual([]);
      const isOut = stopped.at(-1)?.to === Infinity;
      const probe = await say("after all", "service");
      await deliverClinic(ctx);
      expect((await readSend(ctx, probe)).status).toBe(isOut ? "suppressed" : "sent");
      const events = await query(ctx, (tx) =>
        tx.select().from(consentEvents).where(eq(consentEvents.purpose, "service")),
      );
      expect(events.length).toBeGreaterThanOrEqual(stops);
    }),
    {
      numRuns: 6,
      examples: [
        // Stopped twice, back in once: what is written then goes out, by the one start.
        [
          [
            { does: "stop" },
            { does: "stop" },
            { does: "start" },
            { does: "deliver" },
            { does: "write", sendClass: "reply" },
            { does: "deliver" },
            { does: "deliver" },
          ],
        ],
      ],
    },
  );
});

test("forty words of the carrier in any order end in the same state, and no step goes back (I14)", async () => {
  const { ctx, say } = await makeThread({ pacePerSecond: 400 }, [{}, DAY]);
  const SAID = ["sent", "delivered", "read", "failed"] as const;
  const shuffled = fc.shuffledSubarray(
    Array.from({ length: 40 }, (_, index) => SAID[index % SAID.length] ?? "sent"),
    { minLength: 40, maxLength: 40 },
  );
  await fc.assert(
    fc.asyncProperty(shuffled, async (words) => {
      const id = await say("a message");
      await deliverClinic(ctx);
      const { vendorId } = await readSend(ctx, id);
      const seen: string[] = [];
      for (const status of words) {
        const word: VendorWord = {
          vendor: "twilio",
          vendorId: vendorId ?? "",
          status,
          code: status === "failed" ? "30008" : null,
        };
        await inClinic(ctx, (tx) => recordStatusIn(tx, ctx, id, word));
        seen.push(
          (
            await query(ctx, (tx) =>
              tx
                .select()
                .from(messages)
                .where(and(eq(messages.id, id))),
            )
          )[0]?.status ?? "",
        );
      }
      expect(seen.at(-1)).toBe("read");
      const ranks = seen.map((status) => ["sent", "failed", "delivered", "read"].indexOf(status));
      expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    }),
    { numRuns: 4 },
  );
});
