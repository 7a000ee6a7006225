import { addDays, dayIn, instantOf, timeIn, weekdayOf } from "@/lib/core/zone";
import type { AskedOfWorld, Facts, PatientFact, SlotsFact, SlotsQuestion } from "@/lib/dialog/decide/facts";
import { patientsNamed } from "@/lib/dialog/decide/people";
import type { Offer } from "@/lib/dialog/state";
import { fits, nearest, spread } from "@/lib/scheduling/choose-offers";
import { calendarDays, wallStarts, type WallStart } from "@/lib/scheduling/open-hours";
import { instantAt, minuteOf } from "@/lib/scheduling/spans";

/** A doctor, a weekday (ISO) and a start (`HH:MM`): what a data set says of its calendar. */
export interface Place {
  readonly doctor: string;
  readonly weekday: number;
  readonly time: string;
}
export interface MadeBooking extends Place {
  readonly patient: string;
}

const ZONE = "UTC";
/** Any week will do: this one begins on a Monday, and no clock changes in it. */
const MONDAY = "2026-01-12";
const STEP_MINUTES = 30;
const HORIZON_DAYS = 14;
const VISIT = "visit";
const idOf = (doctor: string): string => doctor.toLowerCase();

export const wallClock = (weekday: number, time: string): Date => instantOf(addDays(MONDAY, weekday - 1), time, ZONE);

/**
 * A clinic in memory for rehearsing a talk: one kind of visit, the doctors named, open day and night, every start free
 * but the busy ones. It answers what a decision asks as the database would, and keeps what was booked. A start takes
 * any number of people: a data set books parent and child at once.
 */
export class PretendClinic {
  readonly #visits = new Map<string, { patientId: string; offer: Offer }>();
  readonly #holds = new Map<string, Offer>();
  readonly #patients: PatientFact[] = [];
  #count = 0;

  constructor(
    readonly now: Date,
    private readonly doctors: readonly string[],
    private readonly busy: readonly Place[],
  ) {}

  get named() {
    return {
      services: [{ id: VISIT, names: ["visit", "appointment"] }],
      providers: this.doctors.map((name) => ({ id: idOf(name), name })),
    };
  }

  get patients(): readonly PatientFact[] {
    return this.#patients;
  }

  /** What the clinic's own book gives to every turn. */
  get book(): Pick<Facts, "now" | "clinic" | "services" | "providers" | "patients"> {
    return {
      now: this.now.toISOString(),
      clinic: {
        ...{ name: "Clinic", phone: "+12025550100", address: "1 Main Street", emergencyNumber: "911" },
        ...{ timeZone: ZONE, digits: "latn", defaultLocale: "en", isSuspended: false, talkMinutes: 30 },
      },
      services: [{ id: VISIT, names: { en: "Visit" }, isOnline: true, providerIds: this.doctors.map(idOf) }],
      providers: this.named.providers,
      patients: this.#patients,
    };
  }

  /** What is booked by now. */
  bookings(): MadeBooking[] {
    return [...this.#visits.values()].map(({ patientId, offer }) => this.placed(patientId, offer));
  }

  placed(patientId: string | null, offer: Offer): MadeBooking {
    return {
      patient: this.#patients.find(({ id }) => id === patientId)?.name ?? "",
      doctor: this.doctors.find((name) => idOf(name) === offer.providerId) ?? "",
      weekday: weekdayOf(dayIn(new Date(offer.startsAt), ZONE)),
      time: timeIn(new Date(offer.startsAt), ZONE),
    };
  }

  answer(asked: AskedOfWorld): unknown {
    switch (asked.kind) {
      case "slots":
        return this.#slots(asked.input);
      case "visits":
        return this.#visitsOf(asked.input.patientIds);
      case "knowledge":
        return null;
      case "opening":
        return { isOpen: true, until: null, week: [] };
      case "patient":
        return { ok: true, data: this.#putOnRecord(asked.input.name) };
      default:
        return this.#carryOut(asked);
    }
  }

  #carryOut(asked: AskedOfWorld): unknown {
    const id = String(++this.#count);
    if (asked.kind === "hold") {
      this.#holds.set(id, asked.input.offer);
      return { ok: true, data: { holdId: id, expiresAt: new Date(this.now.getTime() + 30 * 60_000).toISOString() } };
    }
    if (asked.kind === "cancel") this.#visits.delete(asked.input.visitId);
    if (asked.kind === "move") {
      const { visitId, patientId, offer } = asked.input;
      this.#visits.set(visitId, { patientId, offer });
      return { ok: true, data: { visitId } };
    }
    if (asked.kind === "book" || asked.kind === "bookHold") {
      const offer = asked.kind === "book" ? asked.input.offer : this.#holds.get(asked.input.holdId);
      if (!offer) return { ok: false, error: "HOLD_EXPIRED" };
      this.#visits.set(id, { patientId: asked.input.patientId, offer });
      return { ok: true, data: { visitId: id } };
    }
    return { ok: true, data: { visitId: id } };
  }

  #putOnRecord(name: string): PatientFact {
    const [known] = patientsNamed(this.#patients, name);
    if (known) return known;
    const made = {
      id: `patient-${this.#patients.length + 1}`,
      name,
      language: null,
      relation: this.#patients.length > 0 ? "family" : "self",
    } as const;
    this.#patients.push(made);
    return made;
  }

  #visitsOf(patientIds: readonly string[]) {
    const mine = [...this.#visits].filter(([, { patientId }]) => patientIds.includes(patientId));
    return mine.map(([id, { patientId, offer }]) => ({
      ...{ id, patientId, ...offer, serviceName: "Visit", confirmation: "unasked" },
      providerName: this.doctors.find((name) => idOf(name) === offer.providerId) ?? "",
    }));
  }

  #slots({ wish, providerId, exceptProviderIds, exceptStarts, after, before }: SlotsQuestion): SlotsFact {
    const last = addDays(dayIn(this.now, ZONE), HORIZON_DAYS);
    const from = Math.max(minuteOf(this.now), after ? minuteOf(new Date(after)) + 1 : 0);
    const to = before ? minuteOf(new Date(before)) : Infinity;
    const shown = new Set(exceptStarts.map((start) => minuteOf(new Date(start))));
    const who = this.doctors.filter((name) => !exceptProviderIds.includes(idOf(name)));
    const asked = providerId ? who.filter((name) => idOf(name) === providerId) : who;
    const starts = wallStarts(calendarDays(dayIn(this.now, ZONE), last, ZONE), STEP_MINUTES, [from, to], ZONE);
    const free = starts.flatMap((start) => {
      const doctor = shown.has(start.startsAt) ? undefined : asked.find((name) => !this.#isBusy(name, start));
      return doctor === undefined ? [] : [{ ...start, doctor }];
    });
    const found = free.filter((start) => fits(wish ?? {}, start));
    const offers = spread(found, wish ?? {}, 3);
    const others = found.length > 0 ? [] : nearest(free, wish ?? {}, 3);
    const why = found.length > 0 ? null : "full";
    return { fits: offers.map(offerOf), nearest: others.map(offerOf), hasMore: found.length > offers.length, why };
  }

  #isBusy(doctor: string, { startsAt, day }: WallStart): boolean {
    const [weekday, time] = [weekdayOf(day), timeIn(instantAt(startsAt), ZONE)];
    return this.busy.some((one) => one.doctor === doctor && one.weekday === weekday && one.time === time);
  }
}

const offerOf = ({ startsAt, doctor }: WallStart & { doctor: string }): Offer => ({
  serviceId: VISIT,
  providerId: idOf(doctor),
  startsAt: instantAt(startsAt).toISOString(),
  endsAt: instantAt(startsAt + STEP_MINUTES).toISOString(),
});
