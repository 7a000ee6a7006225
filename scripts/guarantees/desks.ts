import { addDays, dayIn, instantOf, weekdayOf } from "@/lib/core/zone";
import type { Cast } from "./stage";

/** What a front desk was told for a key, byte for byte; asked again, it must be told the same. */
export interface Told {
  key: string;
  status: number;
  answer: string;
  ms: number;
}

export interface Slot {
  startsAt: string;
  providerId: string;
}

const TIMES = [
  "09:00",
  "09:30",
  "10:00",
  "10:30",
  "11:00",
  "11:30",
  "13:00",
  "13:30",
  "14:00",
  "14:30",
  "15:00",
  "16:00",
];
const REPEAT_MS = 40;
/** Far beyond a run on any machine: an answer that never comes is a break. */
const LONGEST_MS = 90_000;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Places far from where the patients' talks book: Thursdays and Fridays from the week after next on. */
export function slotsOf({ timeZone, providerIds }: Cast, count: number): Slot[] {
  const slots: Slot[] = [];
  for (let day = addDays(dayIn(new Date(), timeZone), 14); slots.length < count; day = addDays(day, 1)) {
    if (weekdayOf(day) !== 4 && weekdayOf(day) !== 5) continue;
    for (const time of TIMES)
      for (const providerId of providerIds)
        slots.push({ startsAt: instantOf(day, time, timeZone).toISOString(), providerId });
  }
  return slots.slice(0, count);
}

/**
 * The clinic's front desks. Each request carries a key and is sent again with it until an answer comes that is one: a
 * booking, or a refusal by a rule. What they were told is the log that the tables are compared with.
 */
export class Desks {
  readonly log: Told[] = [];
  private readonly sent = new Map<string, { path: string; body: unknown; cookie: string }>();

  constructor(
    private readonly appUrl: string,
    private readonly cast: Cast,
  ) {}

  book(key: string, slot: Slot): Promise<Told> {
    const { serviceId, patientId } = this.cast;
    const visit = {
      service_id: serviceId,
      patient_id: patientId,
      provider_id: slot.providerId,
      starts_at: slot.startsAt,
    };
    return this.ask(key, "", visit);
  }

  move(key: string, visitId: string, slot: Slot): Promise<Told> {
    return this.ask(key, `/${visitId}/reschedule`, { starts_at: slot.startsAt, provider_id: slot.providerId });
  }

  private ask(key: string, path: string, body: unknown): Promise<Told> {
    const cookie = this.cast.cookies[this.sent.size % this.cast.cookies.length] ?? "";
    this.sent.set(key, { path, body, cookie });
    return this.insist(key);
  }

  /** Every key once more, as a client that lost the answer would ask. */
  async askAgain(): Promise<void> {
    for (const key of this.sent.keys()) await this.insist(key);
  }

  private async insist(key: string): Promise<Told> {
    const [began, deadline] = [performance.now(), performance.now() + LONGEST_MS];
    for (;;) {
      const answered = await this.post(key).catch(() => undefined);
      if (answered && answered.status < 500 && answered.status !== 429) {
        const told = { key, ...answered, ms: performance.now() - began };
        this.log.push(told);
        return told;
      }
      if (performance.now() > deadline)
        throw new Error(`desk's ${key} is never answered: ${answered?.status ?? "none"}`);
      await pause(REPEAT_MS);
    }
  }

  private async post(key: string): Promise<{ status: number; answer: string }> {
    const { path, body, cookie } = this.sent.get(key) ?? { path: "", body: null, cookie: "" };
    const answered = await fetch(`${this.appUrl}/api/clinic/${this.cast.slug}/appointments${path}`, {
      method: "POST",
      headers: { cookie, origin: this.appUrl, "content-type": "application/json", "idempotency-key": key },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    });
    return { status: answered.status, answer: await answered.text() };
  }
}
