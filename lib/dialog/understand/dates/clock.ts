import type { Clock, Part } from "./atoms";

/**
 * Which half of the day an hour is in, when the words leave it open. A clinic's hours decide: 1 to 6 are afternoon, 8 to
 * 11 morning, 12 is noon, 7 can be both and is asked.
 */
export function readings(clock: Clock, part?: Part): string[] {
  const { hour, minute, half } = clock;
  if (half === "24") return [wall(hour, minute)];
  if (half === "am") return [wall(hour % 12, minute)];
  if (half === "pm") return [wall((hour % 12) + 12, minute)];
  if (hour === 12) return [wall(12, minute)];
  if (part) return [isMorning(part, hour) ? wall(hour, minute) : wall(hour + 12, minute)];
  if (hour === 7) return [wall(7, minute), wall(19, minute)];
  return [hour < 7 ? wall(hour + 12, minute) : wall(hour, minute)];
}

const isMorning = (part: Part, hour: number) => part.name === "morning" || (part.name === "noon" && hour >= 11);

/** Both ends of "3 to 5 pm", "9-5", "10 to 2": the end lends its half to the start, and comes after it. */
export function span(from: Clock, to: Clock, part?: Part): { notBefore: string; notAfter: string } {
  const isLent = from.half === null && from.hour < to.hour && to.hour !== 12 && to.half !== "24";
  const lent = isLent ? to.half : from.half;
  const starts = readings({ ...from, half: lent }, part);
  const start = starts[0] ?? "00:00";
  const ends = readings(to, to.half === null ? part : undefined);
  // "9:30 to 9:10 pm": an open start lies before an end that isn't.
  if (lent === null && to.half === "pm" && start > (ends[0] ?? "")) {
    const early = readings({ ...from, half: "am" })[0] ?? start;
    return { notBefore: early, notAfter: ends[0] ?? "23:59" };
  }
  const end = ends.find((time) => time > start) ?? later(ends[0] ?? "23:59");
  return end > start ? { notBefore: start, notAfter: end } : { notBefore: end, notAfter: start };
}

const later = (time: string) => {
  const hour = Number(time.slice(0, 2));
  return hour < 12 ? wall(hour + 12, Number(time.slice(3))) : time;
};

/** One edge of an open span; a 7 that may be either is the evening one. */
export const edge = (clock: Clock, part?: Part): string => readings(clock, part).at(-1) ?? "00:00";

const wall = (hour: number, minute: number) =>
  `${String(hour % 24).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
