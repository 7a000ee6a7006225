/** The same day of a later month, or that month's last day. `day` is `YYYY-MM-DD`. */
export function addMonths(day: string, months: number): string {
  const from = new Date(`${day}T00:00:00Z`);
  const first = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(from.getUTCDate(), last));
  return first.toISOString().slice(0, 10);
}
