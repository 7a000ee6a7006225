import { isLoose, textOf } from "@/lib/messaging/channels/whatsapp-cloud/loose";

/** What a replay has to know of a file before it begins. */
export interface Facts {
  /** The clinic's own number, or number id. */
  number: string;
  /** Messages that the file's statuses are about, sent before it begins. */
  sent: { vendorId: string; to: string }[];
  /** When the newest of it happened, where it says so: the replay plays at that time. Null: now. */
  at: Date | null;
}

const DEFAULT_NUMBER = "100000000000000";

/** The facts of a file of Meta's deliveries, found wherever they stand: this is not how the product reads them. */
export function cloudFacts(bodies: readonly string[]): Facts {
  const objects = bodies.flatMap((body) => [...objectsIn(JSON.parse(body))]);
  const numbers = objects.flatMap((one) => textOf(one.phone_number_id) ?? []);
  const statuses = objects.filter((one) => typeof one.status === "string" && typeof one.id === "string");
  const times = objects.flatMap((one) => Number(textOf(one.timestamp)) || []);
  const sent = new Map(
    statuses.map((one) => [textOf(one.id) ?? "", textOf(one.recipient_id) ?? textOf(one.recipient_user_id) ?? ""]),
  );
  return {
    number: numbers[0] ?? DEFAULT_NUMBER,
    sent: [...sent].map(([vendorId, to]) => ({ vendorId, to })),
    at: times.length > 0 ? new Date((Math.max(...times) + 1) * 1000) : null,
  };
}

function* objectsIn(value: unknown): Generator<Record<string, unknown>> {
  if (Array.isArray(value)) for (const one of value) yield* objectsIn(one);
  if (!isLoose(value)) return;
  yield value;
  for (const one of Object.values(value)) yield* objectsIn(one);
}
