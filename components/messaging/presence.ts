"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useClinic } from "@/components/shared/clinic-context";
import { api } from "@/lib/http/client";
import { at, conversationKeys, Viewers, viewersQuery } from "./queries";

const BEAT_MS = 10_000;
/** Whoever has stopped for so long isn't writing any more. */
const PAUSE_MS = 4_000;

/**
 * Tells the others that this screen has the thread open, while it is looked at, and whether something is being written;
 * answers who else is here. A tab out of sight is not here.
 */
export function usePresence(id: string) {
  const { slug } = useClinic();
  const queries = useQueryClient();
  const viewers = useQuery(viewersQuery(slug, id)).data ?? [];
  const typing = useRef({ isTyping: false, timer: undefined as ReturnType<typeof setTimeout> | undefined });

  const tell = async (isLeaving = false) => {
    const json = { is_typing: typing.current.isTyping, is_leaving: isLeaving };
    const here = await api(Viewers, `${at(slug)}/conversations/${id}/viewers`, { method: "POST", json }).catch(
      () => undefined, // the next beat tells
    );
    if (here && !isLeaving) queries.setQueryData(conversationKeys.viewers(slug, id), here);
  };
  const latest = useRef(tell);
  useEffect(() => {
    latest.current = tell;
  });

  useEffect(() => {
    const own = typing.current;
    const beat = () => void (document.visibilityState === "visible" && latest.current());
    const turn = () => void latest.current(document.visibilityState !== "visible");
    const leave = latest.current;
    beat();
    const timer = setInterval(beat, BEAT_MS);
    document.addEventListener("visibilitychange", turn);
    return () => {
      clearInterval(timer);
      clearTimeout(own.timer);
      own.isTyping = false;
      document.removeEventListener("visibilitychange", turn);
      void leave(true);
    };
  }, [slug, id]);

  const setTyping = (isTyping: boolean) => {
    const own = typing.current;
    clearTimeout(own.timer);
    if (isTyping) own.timer = setTimeout(() => setTyping(false), PAUSE_MS);
    if (own.isTyping === isTyping) return;
    own.isTyping = isTyping;
    void latest.current();
  };
  return { viewers, setTyping };
}
