import { parseArgs } from "node:util";
import { z } from "zod";
import { closePool } from "@/db/client";
import { systemClock } from "@/lib/core/clock";
import { env } from "@/lib/core/env";
import { bootstrapSuperadmin, LINK_HOURS } from "@/lib/identity/bootstrap";

/** `npm run hq:bootstrap -- --email …`: the first way into a new deployment. */
const { values } = parseArgs({ options: { email: { type: "string" } } });
const email = z.email().safeParse(values.email);
if (!email.success) {
  process.stderr.write("Usage: npm run hq:bootstrap -- --email person@example.com\n");
  process.exit(2);
}
const ctx = {
  actor: { type: "system", id: "hq-bootstrap" } as const,
  hqRole: "SYSTEM" as const,
  locale: "en",
  requestId: crypto.randomUUID(),
  now: systemClock,
};
const made = await bootstrapSuperadmin(ctx, email.data);
await closePool();
if (!made.ok) {
  process.stderr.write("There is a SUPERADMIN already; ask them for an invitation.\n");
  process.exit(1);
}
process.stdout.write(
  `Open this once, within ${LINK_HOURS} hours, to set the password:\n${env().APP_URL}/invite/${made.data.token}\n`,
);
