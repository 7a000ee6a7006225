/** A form's field as a text, or undefined where there is none. */
export function fieldOf(body: Record<string, unknown>, name: string): string | undefined {
  const value = body[name];
  return typeof value === "string" ? value : undefined;
}
