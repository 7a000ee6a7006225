/** Words that were begun and not sent, by thread: they wait in this tab's memory and nowhere else. */
const unsent = new Map<string, string>();

const keyOf = (slug: string, id: string, mode: string) => `${slug} ${id} ${mode}`;

export const unsentOf = (slug: string, id: string, mode: string): string => unsent.get(keyOf(slug, id, mode)) ?? "";

export function keepUnsent(slug: string, id: string, mode: string, text: string): void {
  if (text) unsent.set(keyOf(slug, id, mode), text);
  else unsent.delete(keyOf(slug, id, mode));
}
