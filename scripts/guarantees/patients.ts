import { newSid } from "@/stubs/twilio/messages";
import type { CarrierProcess } from "./carrier-process";
import type { Random } from "./random";

export const CLINIC_NUMBER = "+12025550142";
const PATIENTS = ["+12025550171", "+12025550172", "+12025550173"];
const NAMES = ["Jordan Reyes", "Dana Novak", "Sam Okafor"];
const HOURS = ["10", "11", "2 pm"];

const LONGEST_MS = 90_000;

export interface Line {
  from: string;
  text: string;
  media?: { url: string; contentType: string }[];
}

/** What a patient writes on the way to a visit, in our own plain words. */
const linesOf = (name: string, random: Random): string[] => [
  "Hi, I would like to book a cleaning",
  `next ${random.chance(0.5) ? "Tuesday" : "Wednesday"} at ${HOURS[random.below(HOURS.length)]}`,
  `my name is ${name}`,
  "yes",
];

/** The talks of all patients in rounds: one line of each, in a random order. */
export function roundsOf(random: Random): Line[][] {
  const talks = PATIENTS.map((from, i) => linesOf(NAMES[i] ?? "", random).map((text) => ({ from, text })));
  return Array.from({ length: 4 }, (_, round) =>
    talks.flatMap((talk) => talk[round] ?? []).sort(() => (random.chance(0.5) ? 1 : -1)),
  );
}

/** The patients' phones: what they send is the carrier's until the application has taken it. */
export class Phones {
  private readonly sent: (Line & { sid: string })[] = [];

  constructor(
    private readonly carrier: CarrierProcess,
    private readonly url: string,
  ) {}

  async send(line: Line): Promise<void> {
    const message = { ...line, sid: newSid() };
    this.sent.push(message);
    await this.deliver(message);
  }

  /** All that was ever sent, delivered once more. */
  async repeat(): Promise<void> {
    for (const message of this.sent) await this.deliver(message);
  }

  private async deliver(message: Line & { sid: string }): Promise<void> {
    const inbound = { url: this.url, to: CLINIC_NUMBER, ...message, untilTakenMs: LONGEST_MS };
    const status = await this.carrier.send(inbound);
    if (status !== 200) throw new Error(`a webhook was never taken: ${status}`);
  }
}
