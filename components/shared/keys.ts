"use client";
import { useEffect, useRef, useSyncExternalStore } from "react";

const STORE = "chairside.single-keys";
const CHANGED = "chairside:single-keys";

/** Single keys can be turned off (WCAG 2.1.4): speech input and slips of the hand press them unmeant. */
export function useSingleKeys(): [boolean, (isOn: boolean) => void] {
  const isOn = useSyncExternalStore(subscribe, areOn, () => true);
  return [isOn, turn];
}

const areOn = () => localStorage.getItem(STORE) !== "off";

function turn(isOn: boolean) {
  localStorage.setItem(STORE, isOn ? "on" : "off");
  dispatchEvent(new Event(CHANGED));
}

function subscribe(changed: () => void) {
  addEventListener(CHANGED, changed);
  addEventListener("storage", changed);
  return () => {
    removeEventListener(CHANGED, changed);
    removeEventListener("storage", changed);
  };
}

/** The Latin letter on the key, also under an Arabic keyboard layout. */
const letterOf = (event: KeyboardEvent) =>
  /^[\x20-\x7e]$/.test(event.key) ? event.key.toLowerCase() : event.code.replace(/^Key/, "").toLowerCase();

function isBusy(target: EventTarget | null): boolean {
  if (target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable=true], [role=menu]"))
    return true;
  return document.querySelector("[role=dialog][data-state=open]") !== null;
}

/**
 * Single keys of a screen; asleep while someone types or a dialog is open. Names: letters, `?`, `/`, `arrowleft` … What a
 * page binds goes before what the shell around it does: an event passes the document before the window.
 */
export function useKeys(bindings: Record<string, () => void>, of: "page" | "shell" = "page"): void {
  const latest = useRef(bindings);
  useEffect(() => {
    latest.current = bindings;
  });
  useEffect(() => {
    const onKey = (event: Event) => {
      if (!(event instanceof KeyboardEvent)) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !areOn()) return;
      const act = latest.current[letterOf(event)];
      if (!act || isBusy(event.target)) return;
      event.preventDefault();
      act();
    };
    const place = of === "page" ? document : window;
    place.addEventListener("keydown", onKey);
    return () => place.removeEventListener("keydown", onKey);
  }, [of]);
}
