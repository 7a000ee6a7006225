import { wallOf } from "../wall";

const two = (value: number) => String(value).padStart(2, "0");

/** How far a zone's clock is from UTC at a moment: `+HH:MM`. */
export function offsetAt(now: Date, timeZone: string): string {
  const wall = wallOf(now, timeZone);
  const minute = Math.floor(now.getTime() / 60_000);
  const ahead = Date.parse(`${wall.day}T00:00:00Z`) / 60_000 + wall.minutes - minute;
  const [hours, minutes] = [Math.floor(Math.abs(ahead) / 60), Math.abs(ahead) % 60];
  return `${ahead < 0 ? "-" : "+"}${two(hours)}:${two(minutes)}`;
}
