import type { Guard } from "./guard";

/** How often the guard's snippet stands in the text; only once makes a mutation that says what it means. */
export const matchesOf = (text: string, { find }: Pick<Guard, "find">): number =>
  find === "" ? 1 : text.split(find).length - 1;

/** The file without its guard; undefined when the snippet isn't there exactly once. */
export function withoutGuard(text: string, guard: Guard): string | undefined {
  if (matchesOf(text, guard) !== 1) return undefined;
  if (guard.find === "") return `${text.trimEnd()}${guard.replace}\n`;
  return text.split(guard.find).join(guard.replace);
}
