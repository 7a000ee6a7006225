import type { Calendar as EventCalendar } from "@event-calendar/core";
import { cardIn, mayMove, mayResize, timeText } from "./grid-events";
import type { GridProps, Hold, Place } from "./grid";
import type { Card, Sheet } from "./model";

const STEP_MINUTES = 15;
const SHORTEST_MINUTES = 5;

/** A card that is moved by keys: where it would go, and how much longer it would take. */
interface Hand {
  card: Card;
  place: Place;
  growth: number;
}

const selectorOf = (cardId: string) => `[data-card="${CSS.escape(cardId)}"]`;

/**
 * The cards by keyboard. One of them is in the order of the Tab key; arrows go to its neighbours; M takes it in hand,
 * arrows then move it, with Shift its end, Enter lets it go and Escape puts it back. Answers what ends the listening.
 */
export function listenToCards(
  host: HTMLElement,
  grid: EventCalendar,
  latest: { current: GridProps },
  hold: Hold,
): () => void {
  let hand: Hand | undefined;
  const show = () => hand && showAt(host, grid, hand);
  const letGo = (isKept: boolean) => {
    const done = hand;
    hand = undefined;
    if (!done) return;
    const { onMove, onResize, announce } = latest.current;
    const isSame = done.growth === 0 && isHome(done);
    if (isKept && !isSame && done.growth !== 0 && isHome(done)) onResize(done.card, done.growth);
    else if (isKept && !isSame) onMove(done.card, done.place);
    if (!isKept || isSame) announce(done.card, undefined);
    hold(false, done.card.id);
    requestAnimationFrame(() => focusCard(host, done.card.id));
  };
  const take = (card: Card) => {
    if (!latest.current.look.mayWrite || !(mayMove(card) || mayResize(card))) return;
    hand = { card, place: { columnId: card.columnId, day: card.day, minutes: card.from }, growth: 0 };
    hold(true, card.id);
    show();
    latest.current.announce(card, hand.place);
  };
  const inHand = (event: KeyboardEvent, held: Hand) => {
    if (event.key === "Enter" || event.key === " ") return letGo(true);
    if (event.key === "Escape") return letGo(false);
    const next = stepped(held, event, latest.current.sheet);
    if (!next) return;
    hand = next;
    show();
    const to = next.card.to - next.card.from + next.growth + next.place.minutes;
    latest.current.announce(next.card, next.place, next.growth === 0 ? undefined : to);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
    const id = event.target.closest<HTMLElement>("[data-card]")?.dataset.card;
    const card = latest.current.sheet.cards.find((one) => one.id === id);
    if (!card || (!hand && !(event.key in ARROWS) && event.key.toLowerCase() !== "m" && event.code !== "KeyM")) return;
    if (hand && event.key === "Tab") return letGo(false);
    event.preventDefault();
    event.stopPropagation();
    if (hand) inHand(event, hand);
    else if (event.key in ARROWS) focusCard(host, neighbourOf(card, event.key, latest.current.sheet)?.id);
    else take(card);
  };
  /** A step makes the card anew, and a quick next key may come before it has the focus back. */
  const onStrayKey = (event: KeyboardEvent) => {
    if (!hand || event.target !== document.body || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Tab") letGo(false);
    else inHand(event, hand);
  };
  const onFocus = ({ target }: FocusEvent) => {
    if (target instanceof HTMLElement && target.dataset.card) makeCurrent(host, target);
  };
  const watch = new MutationObserver(() => {
    if (!host.querySelector("[data-card][tabindex='0']"))
      makeCurrent(host, host.querySelector<HTMLElement>("[data-card]"));
    if (hand && document.activeElement === document.body) focusCard(host, hand.card.id);
  });
  watch.observe(host, { childList: true, subtree: true });
  host.addEventListener("keydown", onKey, true);
  document.addEventListener("keydown", onStrayKey, true);
  host.addEventListener("focusin", onFocus);
  return () => {
    watch.disconnect();
    host.removeEventListener("keydown", onKey, true);
    document.removeEventListener("keydown", onStrayKey, true);
    host.removeEventListener("focusin", onFocus);
  };
}

/** Arrows as steps over columns and time; columns go the way that the page reads. */
const ARROWS: Record<string, { over: number; down: number }> = {
  ArrowUp: { over: 0, down: -1 },
  ArrowDown: { over: 0, down: 1 },
  ArrowLeft: { over: -1, down: 0 },
  ArrowRight: { over: 1, down: 0 },
};
const arrowOf = (key: string) => {
  const arrow = ARROWS[key];
  return arrow && document.documentElement.dir === "rtl" ? { ...arrow, over: -arrow.over } : arrow;
};

const isHome = ({ card, place }: Hand) =>
  place.columnId === card.columnId && place.day === card.day && place.minutes === card.from;

/** The columns as they stand side by side: days of one, or many of one day. */
const lanesOf = ({ columns, days }: Sheet) => columns.flatMap(({ id }) => days.map((day) => ({ columnId: id, day })));

function stepped(hand: Hand, event: KeyboardEvent, sheet: Sheet): Hand | undefined {
  const arrow = arrowOf(event.key);
  if (!arrow) return undefined;
  const { card, place } = hand;
  const length = card.to - card.from;
  if (event.shiftKey && arrow.down !== 0) {
    const growth = hand.growth + arrow.down * STEP_MINUTES;
    return mayResize(card) && length + growth >= SHORTEST_MINUTES ? { ...hand, growth } : hand;
  }
  if (!mayMove(card)) return hand;
  const lanes = lanesOf(sheet);
  const lane = lanes.findIndex(({ columnId, day }) => columnId === place.columnId && day === place.day);
  const next = lanes[lane + arrow.over] ?? lanes[lane];
  const minutes = Math.min(sheet.to - length, Math.max(sheet.from, place.minutes + arrow.down * STEP_MINUTES));
  return { ...hand, place: { ...place, ...next, minutes } };
}

/** The card above or below in its column, or the one nearest in time in the next column that has any. */
export function neighbourOf(card: Card, key: string, sheet: Sheet): Card | undefined {
  const arrow = arrowOf(key);
  if (!arrow) return undefined;
  const lanes = lanesOf(sheet);
  const laneOf = (one: Card) => lanes.findIndex(({ columnId, day }) => columnId === one.columnId && day === one.day);
  const inLane = (lane: number) =>
    sheet.cards.filter((one) => laneOf(one) === lane).sort((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1));
  const lane = laneOf(card);
  if (arrow.over === 0) {
    const own = inLane(lane);
    return own[own.findIndex(({ id }) => id === card.id) + arrow.down];
  }
  for (let at = lane + arrow.over; at >= 0 && at < lanes.length; at += arrow.over) {
    const [nearest] = inLane(at).sort((a, b) => Math.abs(a.from - card.from) - Math.abs(b.from - card.from));
    if (nearest) return nearest;
  }
  return undefined;
}

function showAt(host: HTMLElement, grid: EventCalendar, { card, place, growth }: Hand) {
  const event = grid.getEventById(card.id);
  if (!event || !cardIn(event)) return;
  const to = place.minutes + (card.to - card.from) + growth;
  grid.updateEvent({
    ...{ id: card.id, classNames: [...event.classNames.filter((name) => name !== "is-moving"), "is-moving"] },
    ...{ styles: event.styles, extendedProps: event.extendedProps, resourceIds: [place.columnId] },
    start: `${place.day}T${timeText(place.minutes)}`,
    end: `${place.day}T${timeText(to)}`,
  });
  requestAnimationFrame(() => focusCard(host, card.id));
}

function focusCard(host: HTMLElement, cardId: string | undefined) {
  if (cardId === undefined) return;
  const found = host.querySelector<HTMLElement>(selectorOf(cardId));
  found?.focus({ preventScroll: true });
  found?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function makeCurrent(host: HTMLElement, card: HTMLElement | null) {
  for (const other of host.querySelectorAll<HTMLElement>("[data-card][tabindex='0']")) other.tabIndex = -1;
  if (card) card.tabIndex = 0;
}
