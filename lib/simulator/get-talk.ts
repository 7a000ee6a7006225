import type { ClinicContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { findTalkIn, playedPhoneIn } from "./internal";
import { listPersonasIn, type Persona } from "./personas";
import type { ReadTalk } from "./schema";

export interface Talk {
  conversationId: string | null;
  phone: string;
  personas: Persona[];
}

/** The talk that a number has with the bot in the simulator, if any, and who one may pretend to be. */
export const getTalk = (ctx: ClinicContext, input: ReadTalk): Promise<Result<Talk>> =>
  query(ctx, async (tx) => {
    const phone = await playedPhoneIn(tx, ctx, input.phone);
    if (!phone.ok) return phone;
    const talk = await findTalkIn(tx, ctx, phone.data);
    return ok({ conversationId: talk?.id ?? null, phone: phone.data, personas: await listPersonasIn(tx, ctx) });
  });
