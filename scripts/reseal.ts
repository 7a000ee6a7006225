import { closePool } from "@/db/client";
import { listAllClinicIds } from "@/lib/clinics/list-active-ids";
import { systemContext } from "@/lib/clinics/mint";
import { ok, unwrap } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { resealCredentialsIn } from "@/lib/messaging/credentials";

/*
 * Seals every clinic's secrets again with the current ENCRYPTION_KEY, while the portal runs. Afterwards the keys in
 * ENCRYPTION_KEY_PREVIOUS are not needed any more. Safe to run again.
 */
let resealed = 0;
for (const clinicId of await listAllClinicIds("reseal")) {
  const ctx = await systemContext(clinicId, "reseal");
  resealed += unwrap(await transact(ctx, {}, async (tx) => ok(await resealCredentialsIn(tx, ctx))));
}
process.stdout.write(`${resealed} secrets sealed again.\n`);
await closePool();
