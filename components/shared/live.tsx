"use client";
import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import type { Topic } from "@/lib/realtime/schema";
import { joinLive, type LiveState } from "./live-tab";

/** Which questions a change makes stale: the third part of the query keys `["clinic", slug, area, …]`. */
const STALE_AREAS = {
  conversation: ["conversations", "simulator", "dashboard"],
  message: ["conversations", "messages", "turns", "simulator", "dashboard"],
  appointment: ["appointments", "availability", "dashboard", "patients"],
  patient: ["patients", "conversations", "appointments"],
  task: ["dashboard"],
  channel: ["channels"],
} as const satisfies Record<Topic, readonly string[]>;

/** Several changes of one transaction make one round of questions. */
const GATHER_MS = 120;

const Live = createContext<LiveState>("connecting");
export const useLiveState = () => useContext(Live);

/** Keeps what is on the screen true: the clinic's event stream invalidates the queries that it touches. */
export function LiveProvider({ slug, children }: { slug: string; children: ReactNode }) {
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>("connecting");

  useEffect(() => {
    const areas = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      timer = undefined;
      for (const area of areas) void queries.invalidateQueries({ queryKey: ["clinic", slug, area] });
      areas.clear();
    };
    const leave = joinLive(`/api/clinic/${slug}/events`, {
      onChange: ({ topic }) => {
        for (const area of STALE_AREAS[topic]) areas.add(area);
        timer ??= setTimeout(refresh, GATHER_MS);
      },
      onReset: () => void queries.invalidateQueries({ queryKey: ["clinic", slug] }),
      onState: setState,
    });
    return () => {
      clearTimeout(timer);
      leave();
    };
  }, [queries, slug]);

  return <Live.Provider value={state}>{children}</Live.Provider>;
}
