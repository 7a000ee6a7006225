import { ACCOUNT } from "./scratch";

const CLIENTS = 10;
const BODY = { From: "+12025550101", To: "+12025550100", Body: "Could I come in for a cleaning on Tuesday morning?" };

/** The product's own prepared insert in a loop, one row a statement, by ten clients without HTTP: how many a second. */
export async function insertAlone(seconds: number, round: number): Promise<number> {
  const { pool } = await import("@/db/client");
  const { newId } = await import("@/db/ids");
  const { STORE_EVENTS } = await import("@/lib/messaging/ingest/webhook-events");
  const started = performance.now();
  const until = started + seconds * 1000;
  let done = 0;
  const client = async (index: number) => {
    for (let i = 0; performance.now() < until; i++) {
      const ids = { id: newId(), vendor_id: `floor${round}-${index}-${i}` };
      const rows = [{ ...ids, vendor: "twilio", account: ACCOUNT, event: "message", body: BODY }];
      await pool().query({ ...STORE_EVENTS, values: [JSON.stringify(rows)] });
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, index) => client(index)));
  return done / ((performance.now() - started) / 1000);
}
