import { and, asc, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { operatories, providers } from "@/db/schema/resources";
import { services } from "@/db/schema/services";
import type { ClinicContext } from "@/lib/core/context";
import { foldName } from "@/lib/patients/fold";
import { localName } from "../read-visits";
import { NAMED, type ImportBook, type Named } from "./schema";

/** What the clinic has, by the words that a file may use for it. */
export interface NamedThings {
  /** The id behind a word; undefined when none or several are meant. */
  idOf: (column: Named, word: string) => string | undefined;
  nameOf: (id: string) => string;
  minutesOf: (serviceId: string) => number;
  choices: Record<Named, { id: string; name: string }[]>;
}

interface Thing {
  id: string;
  name: string;
  words: string[];
}

const TITLES = /^(dr|dra|drs|doctor|doctora|prof|د|الدكتور|الدكتوره|دكتور|دكتوره|dds|dmd|md|rdh)$/;
/** Two ways to write a name are one: with a title or without, the family name first or last. */
const keyOf = (name: string): string =>
  foldName(name)
    .split(" ")
    .filter((word) => !TITLES.test(word))
    .sort()
    .join(" ");

/** Reads providers, services and chairs, retired ones too: visits of the past may be theirs. */
export async function readNamesIn(tx: Tx, ctx: ClinicContext, input: ImportBook): Promise<NamedThings> {
  const clinicId = ctx.clinic.id;
  const { position, id } = services;
  const people = await tx
    .select({ id: providers.id, name: providers.name })
    .from(providers)
    .where(eq(providers.clinicId, clinicId))
    .orderBy(asc(providers.position), asc(providers.id));
  const chairs = await tx
    .select({ id: operatories.id, name: operatories.name })
    .from(operatories)
    .where(and(eq(operatories.clinicId, clinicId), eq(operatories.isActive, true)))
    .orderBy(asc(operatories.position), asc(operatories.id));
  const kinds = await tx.select().from(services).where(eq(services.clinicId, clinicId)).orderBy(asc(position), asc(id));
  const things: Record<Named, Thing[]> = {
    provider: people.map((one) => ({ ...one, words: [one.name] })),
    chair: chairs.map((one) => ({ ...one, words: [one.name] })),
    service: kinds.map((one) => ({
      id: one.id,
      name: localName(one.name, ctx.locale),
      words: [...Object.values(one.name), ...Object.values(one.synonyms).flat()],
    })),
  };
  return namedThings(things, new Map(kinds.map((one) => [one.id, one.durationMinutes])), input);
}

function namedThings(
  things: Record<Named, Thing[]>,
  minutes: ReadonlyMap<string, number>,
  input: ImportBook,
): NamedThings {
  const known = { provider: byWord(things.provider), service: byWord(things.service), chair: byWord(things.chair) };
  for (const column of NAMED)
    for (const [word, id] of Object.entries(input.names?.[column] ?? {}))
      if (things[column].some((thing) => thing.id === id)) known[column].set(keyOf(word), new Set([id]));
  const names = new Map(NAMED.flatMap((column) => things[column].map((thing) => [thing.id, thing.name] as const)));
  const plain = (column: Named) => things[column].map(({ id, name }) => ({ id, name }));
  return {
    idOf: (column, word) => {
      const ids = known[column].get(keyOf(word));
      return ids?.size === 1 ? [...ids][0] : undefined;
    },
    nameOf: (id) => names.get(id) ?? "",
    minutesOf: (serviceId) => minutes.get(serviceId) ?? 30,
    choices: { provider: plain("provider"), service: plain("service"), chair: plain("chair") },
  };
}

function byWord(things: readonly Thing[]): Map<string, Set<string>> {
  const known = new Map<string, Set<string>>();
  for (const { id, words } of things)
    for (const word of words) {
      const key = keyOf(word);
      const ids = known.get(key) ?? new Set();
      known.set(key, ids.add(id));
    }
  return known;
}
