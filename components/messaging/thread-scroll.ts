"use client";
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";

const NEAR_END_PX = 120;
const NEAR_START_PX = 500;

interface Given {
  firstId: string | undefined;
  lastId: string | undefined;
  /** Called near the top, as often as the reader is there. */
  onNearStart: () => void;
}

export interface ThreadScroll {
  box: RefObject<HTMLDivElement | null>;
  isAtEnd: boolean;
  /** The newest entry that the reader had in sight; what came after it is news. */
  seenId: string | undefined;
  toEnd: () => void;
}

/**
 * Keeps the end in sight while the reader is there, and keeps the place while they are not: neither older entries above
 * nor newer ones below move what is being read.
 */
export function useThreadScroll({ firstId, lastId, onNearStart }: Given): ThreadScroll {
  const box = useRef<HTMLDivElement>(null);
  const place = useRef({ isAtEnd: true, height: 0, firstId });
  const [isAtEnd, setAtEnd] = useState(true);
  const [seenId, setSeenId] = useState(lastId);
  const latest = useRef({ onNearStart, lastId });
  useEffect(() => {
    latest.current = { onNearStart, lastId };
  });

  useLayoutEffect(() => {
    const now = box.current;
    if (!now) return;
    const before = place.current;
    if (before.isAtEnd) now.scrollTop = now.scrollHeight;
    else if (before.firstId !== firstId) now.scrollTop += now.scrollHeight - before.height;
    place.current = { ...before, height: now.scrollHeight, firstId };
    if (before.isAtEnd && lastId) setSeenId(lastId);
  }, [firstId, lastId]);

  useEffect(() => {
    const now = box.current;
    if (!now) return;
    const settle = () => {
      if (place.current.isAtEnd) now.scrollTop = now.scrollHeight;
      place.current.height = now.scrollHeight;
    };
    const watch = () => {
      const atEnd = now.scrollHeight - now.scrollTop - now.clientHeight < NEAR_END_PX;
      place.current.isAtEnd = atEnd;
      setAtEnd(atEnd);
      if (atEnd) setSeenId(latest.current.lastId);
      if (now.scrollTop < NEAR_START_PX) latest.current.onNearStart();
    };
    const sizes = new ResizeObserver(settle);
    sizes.observe(now);
    for (const child of now.children) sizes.observe(child);
    now.addEventListener("scroll", watch, { passive: true });
    settle();
    return () => {
      sizes.disconnect();
      now.removeEventListener("scroll", watch);
    };
  }, []);

  const toEnd = () => {
    const now = box.current;
    if (!now) return;
    place.current.isAtEnd = true;
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    now.scrollTo({ top: now.scrollHeight, behavior: isCalm ? "auto" : "smooth" });
  };
  return { box, isAtEnd, seenId, toEnd };
}
