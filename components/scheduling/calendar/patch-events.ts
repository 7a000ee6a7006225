import type { Calendar as EventCalendar } from "@event-calendar/core";

type Input = EventCalendar.EventInput;

/** More changes than this are told at once: each one alone lays the whole grid out anew. */
const MOST = 24;

/** What the grid was given, and which of it somebody's hand has changed since. */
export interface Given {
  events: Map<string, Input>;
  touched: Set<string>;
}

export const given = (events: readonly Input[]): Given => ({ events: byId(events), touched: new Set() });

const byId = (events: readonly Input[]) => new Map(events.map((event) => [String(event.id), event]));

/** Tells the grid what is another than it was given; cards that stay are not drawn again. */
export function patchEvents(grid: EventCalendar, before: Given, wanted: readonly Input[]): Given {
  const after = given(wanted);
  const gone = [...before.events.keys()].filter((id) => !after.events.has(id));
  const added = wanted.filter(({ id }) => !before.events.has(String(id)));
  const changed = wanted.filter((event) => {
    const known = before.events.get(String(event.id));
    return known && (before.touched.has(String(event.id)) || !isSame(known, event));
  });
  if (gone.length + added.length + changed.length > MOST) {
    grid.setOption("events", [...wanted]);
    return after;
  }
  for (const id of gone) grid.removeEventById(id);
  for (const event of added) grid.addEvent(event);
  for (const event of changed) grid.updateEvent(event);
  return after;
}

const isSame = (one: Input, other: Input): boolean =>
  one.start === other.start &&
  one.end === other.end &&
  one.startEditable === other.startEditable &&
  one.durationEditable === other.durationEditable &&
  String(one.resourceIds) === String(other.resourceIds) &&
  String(one.classNames) === String(other.classNames) &&
  String(one.styles) === String(other.styles) &&
  one.extendedProps?.shows === other.extendedProps?.shows;
