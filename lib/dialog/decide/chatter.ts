import type { Deciding } from "./facts";
import { handOff } from "./hand-off";
import { patch, type Talk } from "./talk";

/** Turns in ten minutes that lead nowhere, or the same words as often: an answering machine, not a patient. */
const MOST_TURNS = 5;
const WINDOW_MS = 10 * 60_000;

/** Counts the turns that led nowhere; anything that moves a talk on begins the count anew. */
export function countChatter(talk: Talk, wasUseful: boolean): void {
  const { chatter } = talk.state;
  const { now } = talk.facts;
  const isRecent = chatter !== null && Date.parse(now) - Date.parse(chatter.since) < WINDOW_MS;
  if (wasUseful) patch(talk, { chatter: null });
  else patch(talk, { chatter: isRecent ? { ...chatter, turns: chatter.turns + 1 } : { since: now, turns: 1 } });
}

/** Two machines would thank each other for ever: after five such turns a person is asked for, and then it is quiet. */
export function* stopChatter(talk: Talk): Deciding<boolean> {
  const { chatter } = talk.state;
  const isRecent = chatter !== null && Date.parse(talk.facts.now) - Date.parse(chatter.since) < WINDOW_MS;
  const isMachine = talk.facts.repeats >= MOST_TURNS - 1 || (isRecent && chatter.turns >= MOST_TURNS);
  if (!isMachine) return false;
  if (talk.facts.isHandedOff) talk.silence = "handed_off";
  else yield* handOff(talk, "handOff.lost");
  return true;
}
