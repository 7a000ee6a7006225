import { channels } from "@/db/schema/channels";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { saveCredentialsIn } from "@/lib/messaging/credentials";
import { emailOf } from "@/lib/patients/email";
import { toE164 } from "@/lib/patients/phone";
import { announce } from "@/lib/realtime/announce";
import { checkChannel, type ChannelCheck } from "./check-channel";
import type { AddChannel } from "./schema";
import { keptOf } from "./secrets";

const VIOLATIONS = { channels_address_uq: err("CONFLICT", { what: "address" }) } as const;

/**
 * Adds a channel with its own credentials, and asks the vendor at once whether they work. The address is unique in the
 * deployment, because it routes what comes in: CONFLICT. It starts with the bot off until somebody turns it on.
 */
export async function addChannel(ctx: ClinicContext, input: AddChannel): Promise<Result<ChannelCheck>> {
  const { kind } = input;
  const address = addressOf(ctx, input);
  if (!address) return err("VALIDATION_FAILED", [{ code: "address", path: ["address"], message: "Not an address." }]);
  const kept = keptOf(kind, input.credentials);
  if (!kept.ok) return kept;
  const { account = null, secrets } = kept.data;
  const made = await transact(ctx, VIOLATIONS, async (tx) => {
    const [channel] = await tx
      .insert(channels)
      .values({ clinicId: ctx.clinic.id, kind, address, account, botMode: "off" })
      .returning({ id: channels.id });
    if (!channel) throw new Error("the channel was not written");
    await saveCredentialsIn(tx, ctx, channel.id, secrets);
    await audit(tx, ctx, { action: "channel.add", targetType: "channel", targetId: channel.id });
    await announce(tx, ctx, "channel", channel.id);
    return ok(channel);
  });
  return made.ok ? checkChannel(ctx, made.data.id) : made;
}

function addressOf(ctx: ClinicContext, { kind, address }: AddChannel): string | undefined {
  if (kind === "whatsapp_cloud") return numberIdOf(address);
  return kind === "email" ? emailOf(address) : toE164(address, ctx.clinic.country);
}

const numberIdOf = (text: string) => (/^\d{5,30}$/.test(text) ? text : undefined);
