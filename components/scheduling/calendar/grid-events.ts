import type { Calendar as EventCalendar } from "@event-calendar/core";
import type { Appointment } from "../queries";
import { STANDINGS, standingOf } from "../visit-status";
import { hueOf } from "./hue";
import type { Card, Shade, Sheet } from "./model";

/** What the cards' colour says; the standing's sign and word are always there. */
export type ColourBy = "status" | "service";

const two = (value: number) => String(value).padStart(2, "0");
export const timeText = (minutes: number) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:00`;
/** Wall time as the grid takes it: without a zone, so that the browser's plays no part. */
const wallText = (day: string, minutes: number) => `${day}T${timeText(minutes)}`;

const MOVABLE = new Set<string>(["scheduled", "held"]);

/** Whether a visit's time can be changed: one under way can still take longer. */
export const mayMove = ({ visit, isLead }: Card) => isLead && MOVABLE.has(visit.state);
export const mayResize = (card: Card) => mayMove(card) || (card.isLead && card.visit.state === "checked_in");

export interface EventLook {
  colourBy: ColourBy;
  mayWrite: boolean;
  /** The moment that holds count down from. */
  at: number;
}

/** The sheet's cards and shades as the grid's events; a card's id and a shade's are the event's. */
export const eventsOf = (sheet: Sheet, look: EventLook): EventCalendar.EventInput[] => [
  ...sheet.shades.map(shadeEvent),
  ...sheet.cards.map((card) => cardEvent(card, look)),
];

function cardEvent(card: Card, { colourBy, mayWrite, at }: EventLook): EventCalendar.EventInput {
  const { id, visit, columnId, day, from, to } = card;
  const standing = standingOf(visit);
  const isHatched = visit.state === "held" || visit.created_from === "SIMULATOR";
  const isByService = colourBy === "service" && visit.state !== "cancelled";
  return {
    id,
    start: wallText(day, from),
    end: wallText(day, to),
    resourceIds: [columnId],
    startEditable: mayWrite && mayMove(card),
    durationEditable: mayWrite && mayResize(card),
    classNames: [
      "visit-card",
      isByService ? "by-hue" : `tone-${STANDINGS[standing].tone}`,
      ...(isHatched ? ["hatched"] : []),
      ...(visit.state === "cancelled" ? ["is-gone"] : []),
    ],
    styles: isByService ? [`--hue:${hueOf(visit.service.color)}`] : [],
    extendedProps: { card, shows: showsOf(visit, at) },
  };
}

/** All that a card says, so that one that says the same is left alone. */
const showsOf = (visit: Appointment, at: number) =>
  JSON.stringify([
    ...[visit.patient.name, visit.service.name, visit.state, visit.confirmation, visit.running_late_minutes],
    ...[visit.operatory?.name, visit.provider.name, visit.starts_at, visit.ends_at],
    visit.state === "held" ? [visit.hold_expires_at, at] : null,
  ]);

const shadeEvent = (shade: Shade): EventCalendar.EventInput => ({
  id: shade.id,
  start: wallText(shade.day, shade.from),
  end: wallText(shade.day, shade.to),
  resourceIds: [shade.columnId],
  display: "background",
  classNames: [`shade-${shade.kind}`],
  extendedProps: { shade, shows: shade.words },
});

/** The card of an event, or nothing where the event is no card. */
export const cardIn = (event: EventCalendar.Event): Card | undefined => asCard(event.extendedProps.card);
export const shadeIn = (event: EventCalendar.Event): Shade | undefined => asShade(event.extendedProps.shade);
const asCard = (value: unknown) => value as Card | undefined; // only `cardEvent` writes it
const asShade = (value: unknown) => value as Shade | undefined; // only `shadeEvent` writes it
