import type { TwilioStub } from "@/stubs/twilio/server";
import type { Random } from "./random";

export const CLINIC_NUMBER = "+12025550142";
const PATIENTS = ["+12025550171", "+12025550172", "+12025550173"];
const NAMES = ["Jordan Reyes", "Dana Novak", "Sam Okafor"];
const HOURS = ["10", "11", "2 pm"];

const REPEAT_MS = 50;
const LONGEST_MS = 30_000;

/** What a patient writes on the way to a visit, in our own plain words. */
const linesOf = (name: string, random: Random): string[] => [
  "Hi, I would like to book a cleaning",
  `next ${random.chance(0.5) ? "Tuesday" : "Wednesday"} at ${HOURS[random.below(HOURS.length)]}`,
  `my name is ${name}`,
  "yes",
];

/** The talks of all patients in rounds: one line of each, in a random order. */
export function roundsOf(random: Random, burst: number): { from: string; text: string }[][] {
  const talks = PATIENTS.map((from, i) => linesOf(NAMES[i] ?? "", random).map((text) => ({ from, text })));
  const rounds = Array.from({ length: 4 }, (_, round) =>
    talks.flatMap((talk) => talk[round] ?? []).sort(() => (random.chance(0.5) ? 1 : -1)),
  );
  const photos = Array.from({ length: burst }, (_, i) => ({ from: PATIENTS[0] ?? "", text: `photo ${i + 1}` }));
  return burst > 0 ? [photos, ...rounds] : rounds;
}

/** Delivers as the carrier does: the same message again until it is taken, and `copies` of it at once. */
export async function deliver(
  { carrier }: TwilioStub,
  url: string,
  message: { from: string; text: string; sid: string },
  copies: number,
): Promise<void> {
  const deadline = performance.now() + LONGEST_MS;
  const once = async () => {
    for (;;) {
      const inbound = { url, to: CLINIC_NUMBER, ...message };
      const answered = await carrier.sendInbound(inbound).catch(() => ({ status: 0 }));
      if (answered.status === 200) return;
      if (performance.now() > deadline) throw new Error(`webhook never taken: ${answered.status}`);
      await new Promise((resolve) => setTimeout(resolve, REPEAT_MS));
    }
  };
  await Promise.all(Array.from({ length: copies }, once));
}
