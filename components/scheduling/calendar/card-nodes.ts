import { isolate } from "@/components/i18n/isolate";
import { standingOf } from "../visit-status";
import type { Standing } from "../visit-status";
import { hueOf } from "./hue";
import type { Card, Column, ColumnsBy, Shade } from "./model";

/** The words and signs that go into the grid's cells. The grid wants nodes; these are the same that React would make. */
export interface CellWords {
  /** A time of day in minutes, as people read it. */
  clock: (minutes: number) => string;
  standing: (standing: Standing) => string;
  icon: (standing: Standing) => Node;
  late: (minutes: number) => string;
  heldFor: (minutes: number) => string;
  visits: (count: number) => string;
  shade: (shade: Shade) => string;
  noChair: string;
  openWeek: (name: string) => string;
}

const MINUTE_MS = 60_000;

function element(tag: string, className: string, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...children);
  return made;
}

interface CardAsk {
  card: Card;
  by: ColumnsBy;
  /** Where the card stands now: while it is dragged, not where the visit is. */
  from: number;
  to?: number | undefined;
  now: number;
}

/** Patient; time and service; standing and the other resource. What doesn't fit the height is left out by the style. */
export function cardNodes({ card: { visit }, by, from, to, now }: CardAsk, words: CellWords): Node[] {
  const standing = standingOf(visit);
  const name = element("span", "visit-name", visit.patient.name);
  name.dir = "auto";
  const time = to === undefined ? words.clock(from) : `${words.clock(from)} – ${words.clock(to)}`;
  const first = element("span", "visit-line visit-first", words.icon(standing), name);
  const late = visit.running_late_minutes;
  if (late) first.append(element("span", "visit-late", words.late(late)));
  // In a card of one line the time goes there; readers hear it from the second line.
  const short = element("span", "visit-short", words.clock(from));
  short.ariaHidden = "true";
  first.append(short);
  const other = by === "provider" ? visit.operatory?.name : visit.provider.name;
  const held = visit.state === "held" && visit.hold_expires_at ? heldMinutes(visit.hold_expires_at, now) : undefined;
  const state = held === undefined ? words.standing(standing) : words.heldFor(held);
  return [
    first,
    element("span", "visit-line visit-second", `${time} · ${isolate(visit.service.name)}`),
    element("span", "visit-line visit-third", other ? `${state} · ${isolate(other)}` : state),
  ];
}

const heldMinutes = (expiresAt: string, now: number) =>
  Math.max(0, Math.ceil((Date.parse(expiresAt) - now) / MINUTE_MS));

export function shadeNodes(shade: Shade, words: CellWords): Node[] {
  const text = words.shade(shade);
  return text ? [element("span", "shade-words", text)] : [];
}

/** A column's heading; a provider's opens their week. */
export function columnNodes(
  { id, name, color, count }: Column,
  words: CellWords,
  onOpen?: (columnId: string) => void,
): Node[] {
  const title = element("span", "column-name", name || words.noChair);
  title.dir = "auto";
  const text = element("span", "column-text", title, element("span", "column-count", words.visits(count)));
  const dot = element("span", "column-dot");
  dot.style.setProperty("--column-hue", String(hueOf(color)));
  dot.hidden = !color;
  if (!onOpen) return [element("span", "column-head", dot, text)];
  const button = element("button", "column-head", dot, text);
  button.setAttribute("type", "button");
  button.title = words.openWeek(isolate(name));
  button.addEventListener("click", () => onOpen(id));
  return [button];
}
