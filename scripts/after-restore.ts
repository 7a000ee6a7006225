import { closePool } from "@/db/client";
import { ringsSent } from "@/lib/core/doorbell";
import { catchUpWithVendors } from "@/lib/messaging/outbox/doubt-sends";

/*
 * npm run after-restore: once a backup was restored and before the application starts. What may have been sent since the
 * backup is asked for at the vendor before it is sent again, and what patients wrote since is fetched.
 */
const { doubted, seen } = await catchUpWithVendors();
await ringsSent();
await closePool();
process.stdout.write(`${doubted} sends will be asked for before they go out; ${seen} messages were looked at.\n`);
