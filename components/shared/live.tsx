"use client";
import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Topic } from "@/lib/realtime/schema";
import { gather } from "./gather";
import { type Change, joinLive, type LiveState } from "./live-tab";

/** Which questions a change makes stale: the third part of the query keys `["clinic", slug, area, …]`. */
const STALE_AREAS = {
  conversation: ["conversations", "asides", "simulator", "dashboard"],
  message: ["messages", "turns", "simulator", "dashboard", "timeline"],
  appointment: ["appointments", "availability", "dashboard", "patients", "timeline", "schedule", "waitlist"],
  patient: ["patients", "timeline", "conversations", "threads", "appointments"],
  task: ["dashboard", "tasks", "timeline"],
  channel: ["channels", "templates"],
  viewer: ["viewers"],
  notification: ["notifications"],
  schedule: ["schedule", "services", "providers", "operatories", "availability", "appointments"],
  waitlist: ["waitlist"],
} as const satisfies Record<Topic, readonly string[]>;

/** Several changes of one transaction make one round of questions, and a flood makes two a second. */
const GATHER_MS = 120;
const GAP_MS = 500;

/** A round of changes; `reset` when some may have been missed. */
export type LiveRound = { type: "changes"; changes: Change[] } | { type: "reset" };
type Listener = (round: LiveRound) => void;

const Live = createContext<LiveState>("connecting");
export const useLiveState = () => useContext(Live);

const Rounds = createContext<Set<Listener>>(new Set());

/** For a screen that does more with changes than asking again: called once a round. */
export function useLiveRounds(listener: Listener): void {
  const rounds = useContext(Rounds);
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => {
    const hear: Listener = (round) => latest.current(round);
    rounds.add(hear);
    return () => void rounds.delete(hear);
  }, [rounds]);
}

interface LiveProviderProps {
  slug: string;
  /** The place in the feed before the page's first reading. */
  since: string;
  children: ReactNode;
}

/** Keeps what is on the screen true: the clinic's event stream invalidates the queries that it touches. */
export function LiveProvider({ slug, since, children }: LiveProviderProps) {
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>("connecting");
  const [listeners] = useState(() => new Set<Listener>());
  const start = useRef(since); // a page made anew changes nothing for a stream that stands

  // Queries ask in their effects: whoever hears other tabs' stream hears it from before that.
  useLayoutEffect(() => {
    const refresh = (changes: Change[]) => {
      const areas = new Set(changes.flatMap(({ topic }): readonly string[] => STALE_AREAS[topic]));
      for (const area of areas) void queries.invalidateQueries({ queryKey: ["clinic", slug, area] });
      for (const hear of listeners) hear({ type: "changes", changes });
    };
    const changes = gather(GATHER_MS, GAP_MS, refresh);
    const leave = joinLive(`/api/clinic/${slug}/events`, start.current, {
      onChange: changes.add,
      onReset: () => {
        void queries.invalidateQueries({ queryKey: ["clinic", slug] });
        for (const hear of listeners) hear({ type: "reset" });
      },
      onState: setState,
    });
    return () => {
      changes.stop();
      leave();
      // Nobody hears what changes from now on: whoever comes back reads it again.
      void queries.invalidateQueries({ queryKey: ["clinic", slug], refetchType: "none" });
    };
  }, [queries, slug, listeners]);

  return (
    <Rounds.Provider value={listeners}>
      <Live.Provider value={state}>{children}</Live.Provider>
    </Rounds.Provider>
  );
}
