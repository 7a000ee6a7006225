"use client";
import { createCalendar, destroyCalendar, Interaction, ResourceTimeGrid } from "@event-calendar/core";
import type { Calendar as EventCalendar } from "@event-calendar/core";
import { useEffect, useEffectEvent, useRef } from "react";
import "@event-calendar/core/index.css";
import "./calendar.css";
import { cardNodes, type CellWords, columnNodes, shadeNodes } from "./card-nodes";
import { listenToCards } from "./card-keys";
import { cardIn, type EventLook, eventsOf, shadeIn, timeText } from "./grid-events";
import { type Given, given, patchEvents } from "./patch-events";
import { plainRoles } from "./grid-roles";
import type { Card, ColumnsBy, Sheet } from "./model";

export const SNAP_MINUTES = 15;
const SLOT_PX = 22;
/** How much of the morning stays in sight above the line of now. */
const BEFORE_NOW_MINUTES = 60;

/** A place in the grid: minutes of the clinic's clock. */
export interface Place {
  columnId: string;
  day: string;
  minutes: number;
}

export interface GridProps {
  sheet: Sheet;
  by: ColumnsBy;
  look: EventLook;
  words: CellWords;
  label: string;
  locale: string;
  /** The clinic's offset now, `+HH:MM`: what the line of now goes by. */
  offset: string;
  /** Minutes of the clinic's clock, when today is among the days. */
  now: number | undefined;
  onOpen: (visitId: string) => void;
  onColumn?: ((columnId: string) => void) | undefined;
  onBook?: ((place: Place) => void) | undefined;
  onMove: (card: Card, to: Place) => void;
  onResize: (card: Card, byMinutes: number) => void;
  /** One card was let go on another. */
  onMeet: (card: Card, other: string) => void;
  announce: (card: Card, place: Place | undefined, to?: number) => void;
}

/** Says that a card is taken in hand, or let go. */
export type Hold = (isNow: boolean, cardId: string) => void;

const NO_TOOLBAR = { start: "", center: "", end: "" };

/** The maintained calendar component, wrapped once: columns, dragging, and nothing of its own look or words. */
export default function Grid(props: GridProps) {
  const host = useRef<HTMLDivElement>(null);
  const grid = useRef<EventCalendar>(null);
  const latest = useRef(props);
  /** What the grid shows. */
  const shown = useRef(props);
  /** While a card is in somebody's hand, what others change waits. */
  const isHeld = useRef(false);
  /** Escape was pressed with a card in hand: it goes back. */
  const escaped = useRef(false);
  const events = useRef<Given>(given([]));
  const show = () => {
    if (isHeld.current || !grid.current) return;
    events.current = setChanged(grid.current, shown.current, latest.current, events.current);
    shown.current = latest.current;
  };
  const begin = useEffectEvent(() => {
    const place = host.current;
    if (!place) return undefined;
    const hold = (isNow: boolean, cardId: string) => {
      isHeld.current = isNow;
      if (isNow) escaped.current = false;
      events.current.touched.add(cardId);
      if (!isNow) queueMicrotask(show);
    };
    events.current = given(eventsOf(props.sheet, props.look));
    const own = createCalendar(place, [ResourceTimeGrid, Interaction], {
      ...optionsOf(props),
      events: [...events.current.events.values()],
      ...contents(latest),
      ...handlers(latest, hold, escaped),
      scrollTime: timeText(Math.max(0, (props.now ?? 0) - BEFORE_NOW_MINUTES)),
    });
    grid.current = own;
    const stops = [
      letGoOnEscape(isHeld, escaped),
      plainRoles(place, props.label),
      listenToCards(place, own, latest, hold),
    ];
    return () => {
      for (const stop of stops) stop();
      void destroyCalendar(own);
    };
  });
  useEffect(() => begin(), []);
  useEffect(() => {
    latest.current = props;
    show();
  });

  return <div ref={host} className="clinic-grid min-h-0 flex-1 overflow-hidden max-md:hidden print:hidden" />;
}

/** What may change under the eyes of the reader. */
const optionsOf = ({ sheet, locale, offset, onBook }: GridProps): EventCalendar.Options => ({
  view: "resourceTimeGridDay",
  date: sheet.days[0],
  duration: { days: sheet.days.length },
  resources: sheet.columns.map(({ id, name }) => ({ id, title: name })),
  slotMinTime: timeText(sheet.from),
  slotMaxTime: timeText(sheet.to),
  timeZone: offset,
  locale,
  selectable: onBook !== undefined,
});

/** Other words make every cell anew; else only what is another is told. */
function setChanged(grid: EventCalendar, before: GridProps, after: GridProps, known: Given): Given {
  const [old, now] = [optionsOf(before), optionsOf(after)];
  const isWorded = before.words === after.words && before.by === after.by;
  const areHeadsSame = isWorded && isSame(before.sheet.columns, after.sheet.columns);
  for (const name of Object.keys(now).filter(isOption))
    if (name === "resources" ? !areHeadsSame : !isSame(old[name], now[name])) grid.setOption(name, now[name]);
  if (isWorded && before.sheet === after.sheet && before.look === after.look) return known;
  const events = eventsOf(after.sheet, after.look);
  if (isWorded && isSame(before.sheet.days, after.sheet.days)) return patchEvents(grid, known, events);
  grid.setOption("events", events);
  return given(events);
}
const isOption = (name: string): name is keyof EventCalendar.Options => name !== "";
const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

const contents = (latest: { current: GridProps }): EventCalendar.Options => ({
  eventContent: ({ event }) => ({ domNodes: contentOf(event, latest.current) }),
  resourceLabelContent: ({ resource }) => {
    const { sheet, words, onColumn } = latest.current;
    const own = sheet.columns.find(({ id }) => id === resource.id);
    return own ? { domNodes: columnNodes(own, words, onColumn) } : "";
  },
});

function contentOf(event: EventCalendar.Event, { by, look: { at }, words }: GridProps) {
  const [card, shade] = [cardIn(event), shadeIn(event)];
  if (shade) return shadeNodes(shade, words);
  const isDragged = event.display === "preview";
  const [from, to] = [minutesOf(event.start), minutesOf(event.end)];
  if (!card) return isDragged ? [document.createTextNode(`${words.clock(from)} – ${words.clock(to)}`)] : [];
  return cardNodes({ card, by, from, now: at, to: isDragged ? to : undefined }, words);
}

const minutesOf = (wall: Date) => wall.getHours() * 60 + wall.getMinutes();

function handlers(latest: { current: GridProps }, hold: Hold, escaped: { current: boolean }): EventCalendar.Options {
  const from = (card: Card, delta: EventCalendar.Duration) => {
    const { days } = latest.current.sheet;
    const minutes = days.indexOf(card.day) * 1440 + card.from + delta.days * 1440 + delta.seconds / 60;
    return { day: days[Math.floor(minutes / 1440)] ?? card.day, minutes: minutes % 1440 };
  };
  const drop = (card: Card, info: EventCalendar.EventDropInfo) => {
    const other = otherUnder(info.jsEvent, card);
    if (other) return latest.current.onMeet(card, other);
    const columnId = info.newResource?.id ?? card.columnId;
    latest.current.onMove(card, { columnId, ...from(card, info.delta) });
  };
  return {
    headerToolbar: NO_TOOLBAR,
    height: "100%",
    allDaySlot: false,
    columnWidth: "minmax(8.25rem, 1fr)",
    slotDuration: { minutes: SNAP_MINUTES },
    slotLabelInterval: "01:00",
    slotLabelFormat: { hour: "numeric" },
    slotHeight: SLOT_PX,
    snapDuration: { minutes: SNAP_MINUTES },
    slotEventOverlap: false,
    nowIndicator: true,
    // The cards write their own times: one for each of hundreds, at every step of a drag, would be seen.
    eventTimeFormat: () => "",
    dayHeaderFormat: { weekday: "short", day: "numeric" },
    eventDragMinDistance: 4,
    selectMinDistance: 6,
    eventDragStart: ({ event }) => hold(true, String(event.id)),
    eventResizeStart: ({ event }) => hold(true, String(event.id)),
    eventDragStop: ({ event }) => hold(false, String(event.id)),
    eventResizeStop: ({ event }) => hold(false, String(event.id)),
    eventDidMount: ({ el, event }) => {
      if (event.display === "background") return;
      if (cardIn(event)) el.dataset.card = String(event.id);
      el.tabIndex = -1;
    },
    eventClick: ({ event }) => {
      const card = cardIn(event);
      // The button comes up after Escape: that is no click on what lies there.
      if (card && !escaped.current) latest.current.onOpen(card.visit.id);
    },
    eventDrop: (info) => {
      const card = cardIn(info.event);
      if (escaped.current) info.revert();
      else if (card) drop(card, info);
    },
    eventResize: (info) => {
      const card = cardIn(info.event);
      if (escaped.current) info.revert();
      else if (card) latest.current.onResize(card, info.endDelta.days * 1440 + info.endDelta.seconds / 60);
    },
    dateClick: ({ dateStr, resource }) => book(latest.current, dateStr, resource?.id),
    select: ({ startStr, resource }) => book(latest.current, startStr, resource.id),
  };
}

/** The component knows no way to give a drag up: it is let go for it, and what it did is taken back. */
function letGoOnEscape(isHeld: { current: boolean }, escaped: { current: boolean }): () => void {
  const onKey = ({ key }: KeyboardEvent) => {
    if (key !== "Escape" || !isHeld.current) return;
    escaped.current = true;
    window.dispatchEvent(new PointerEvent("pointerup", { isPrimary: true }));
  };
  const onDown = () => {
    escaped.current = false;
  };
  window.addEventListener("keydown", onKey);
  window.addEventListener("pointerdown", onDown, true);
  return () => {
    window.removeEventListener("keydown", onKey);
    window.removeEventListener("pointerdown", onDown, true);
  };
}

function book({ onBook }: GridProps, wall: string, columnId: string | undefined) {
  const [day = "", time = ""] = wall.split("T");
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  if (columnId !== undefined) onBook?.({ columnId, day, minutes: hours * 60 + minutes });
}

/** The visit under the pointer, which is another's than the one let go. */
function otherUnder(at: Event, { visit }: Card): string | undefined {
  if (!(at instanceof PointerEvent)) return undefined;
  const cards = document.elementsFromPoint(at.clientX, at.clientY).map((found) => found.closest("[data-card]"));
  const ids = cards.flatMap((found) => (found instanceof HTMLElement ? [found.dataset.card?.split(".")[0] ?? ""] : []));
  return ids.find((id) => id !== "" && id !== visit.id);
}
