import { z } from "zod";
import { findClinic } from "@/lib/clinics/mint";
import { systemClock } from "@/lib/core/clock";
import type { ClinicContext, ClinicFacts, HqContext, UserContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { keepRefusal } from "@/lib/core/transact";
import type { ClinicAction, HqAction } from "@/lib/identity/permissions";
import { addressOf } from "./address";
import { readLimited } from "./body";
import { described } from "./describe";
import { open, type Entry, type RouteParams } from "./door";
import { enterClinic, enterHq, enterUser } from "./enter";
import { idempotentRequestOf } from "./idempotent";
import { countRequest } from "./limits";
import { localeOf } from "./locale";
import { parse, type Parsed, type Shape } from "./parse";

/**
 * The doors. Every route handler is exported through one of them, in one order: request id, size limit, same origin,
 * authenticate, rate limit, mint the clinic, check the permission, parse, idempotency, call, wrap, one log line.
 */
export const route = { clinic, user, hq, public: anyone, webhook };

interface Spec<P, Q, B, Ctx> extends Shape<P, Q, B> {
  /** The status of a success; 200 unless said. */
  status?: number;
  /** What a success's `data` holds, for the API's document. */
  answer?: z.ZodType;
  /** Called with what was parsed; answers a Result, or a Response of its own (a stream, a cookie). */
  handler: (args: Parsed<P, Q, B> & { ctx: Ctx; request: Request }) => Promise<Result<unknown> | Response>;
}
type ClinicSpec<P, Q, B> = Spec<P, Q, B, ClinicContext> & { can: ClinicAction };
type HqSpec<P, Q, B> = Spec<P, Q, B, HqContext> & { can: HqAction };

const SlugParams = z.object({ slug: z.string() });

/** A member's door into one clinic: the slug of the path, or the clinic they chose; their session, their role. */
function clinic<P = unknown, Q = unknown, B = unknown>(spec: ClinicSpec<P, Q, B>) {
  return described({ ...spec, door: "clinic" }, (request: Request, params: RouteParams) =>
    open(request, params, async (entry) => {
      const slug = SlugParams.safeParse(entry.params).data?.slug;
      const entered = await enterClinic(request, slug, spec.can, entry.requestId);
      if (!entered.ok) return entered;
      const ctx = entered.data;
      entry.log({ clinic: ctx.clinic.id, actor: ctx.actor.type, actorId: ctx.actor.id });
      entry.locale = ctx.locale;
      return callInClinic(spec, entry, ctx, request);
    }),
  );
}

async function callInClinic<P, Q, B>(spec: ClinicSpec<P, Q, B>, entry: Entry, ctx: ClinicContext, request: Request) {
  const parsed = await parse(spec, request, entry.params);
  if (!parsed.ok) return parsed;
  const idempotent = idempotentRequestOf(request, parsed.data.raw, ctx, spec.status ?? 200);
  if (idempotent && !idempotent.ok) return idempotent;
  const keyed = idempotent ? { ...ctx, idempotent: idempotent.data } : ctx;
  const result = await spec.handler({ ...parsed.data, ctx: keyed, request });
  entry.status = spec.status ?? 200;
  if (result instanceof Response || !keyed.idempotent) return result;
  if (!result.ok && !keyed.idempotent.replay && result.error !== "IDEMPOTENCY_MISMATCH")
    await keepRefusal(keyed, result);
  entry.replay = keyed.idempotent.replay;
  return result;
}

/** A signed-in person's door to what is their own: account, session, list of clinics. */
function user<P = unknown, Q = unknown, B = unknown>(spec: Spec<P, Q, B, UserContext>) {
  return described({ ...spec, door: "user" }, (request: Request, params: RouteParams) =>
    open(request, params, async (entry) => {
      const entered = await enterUser(request, entry.requestId);
      if (!entered.ok) return entered;
      entry.log({ actor: "user", actorId: entered.data.user.id });
      entry.locale = entered.data.locale;
      return call(spec, entry, entered.data, request);
    }),
  );
}

/** HQ's door. */
function hq<P = unknown, Q = unknown, B = unknown>(spec: HqSpec<P, Q, B>) {
  return described({ ...spec, door: "hq" }, (request: Request, params: RouteParams) =>
    open(request, params, async (entry) => {
      const entered = await enterHq(request, spec.can, entry.requestId);
      if (!entered.ok) return entered;
      entry.log({ actor: "hq", actorId: entered.data.actor.id });
      entry.locale = entered.data.locale;
      return call(spec, entry, entered.data, request);
    }),
  );
}

/** What a caller without credentials brings: an address, and a clinic where the path names one. */
export interface PublicContext {
  address: string;
  clinic: ClinicFacts | undefined;
  locale: string;
  requestId: string;
  now: typeof systemClock;
}

/** The open door: counted by address; a path with a slug answers NOT_FOUND for a clinic that does not exist. */
function anyone<P = unknown, Q = unknown, B = unknown>(spec: Spec<P, Q, B, PublicContext> & { uncounted?: boolean }) {
  return described({ ...spec, door: "public" }, (request: Request, params: RouteParams) =>
    open(request, params, async (entry) => {
      const address = addressOf(request);
      const counted = spec.uncounted ? ok() : await countRequest("address", address);
      if (!counted.ok) return counted;
      const slug = SlugParams.safeParse(entry.params).data?.slug;
      const found = slug === undefined ? undefined : await findClinic(slug);
      if (slug !== undefined && !found) return err("NOT_FOUND", { what: "clinic" });
      const ctx = { address, clinic: found, locale: localeOf(request), requestId: entry.requestId, now: systemClock };
      return call(spec, entry, ctx, request);
    }),
  );
}

async function call<P, Q, B, Ctx>(spec: Spec<P, Q, B, Ctx>, entry: Entry, ctx: Ctx, request: Request) {
  const parsed = await parse(spec, request, entry.params);
  if (!parsed.ok) return parsed;
  entry.status = spec.status ?? 200;
  return spec.handler({ ...parsed.data, ctx, request });
}

interface WebhookSpec {
  /** Read up to here, in bytes; more is 413 before anything is verified. Webhooks are never limited by rate. */
  maxBytes: number;
  /** Verifies the signature over the raw body and answers in the vendor's own form. */
  handler: (args: { raw: Buffer; request: Request; requestId: string }) => Promise<Result<unknown> | Response>;
}

/** A vendor's door: the raw body, unparsed, because the signature is over its bytes. */
function webhook(spec: WebhookSpec) {
  return described({ ...spec, door: "webhook" }, (request: Request, params: RouteParams) =>
    open(request, params, async ({ requestId, log }) => {
      log({ actor: "vendor" });
      const raw = await readLimited(request, spec.maxBytes);
      return raw.ok ? spec.handler({ raw: raw.data, request, requestId }) : raw;
    }),
  );
}
