"use client";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { useClinic } from "@/components/shared/clinic-context";
import { INTERRUPTS } from "./kinds";
import type { NotificationItem } from "./queries";

const STORE = "chairside.notification-sound";
const CHANGED = "chairside:notification-sound";

/** Whether what interrupts makes a sound in this browser. */
export function useSound(): [boolean, (isOn: boolean) => void] {
  const isOn = useSyncExternalStore(subscribe, isSoundOn, () => true);
  return [isOn, turn];
}

const isSoundOn = () => localStorage.getItem(STORE) !== "off";

function turn(isOn: boolean) {
  localStorage.setItem(STORE, isOn ? "on" : "off");
  dispatchEvent(new Event(CHANGED));
}

function subscribe(changed: () => void) {
  addEventListener(CHANGED, changed);
  return () => removeEventListener(CHANGED, changed);
}

/** Two short tones; silent where the browser has not been touched yet and lets nothing sound. */
function chime() {
  const audio = new AudioContext();
  for (const [at, pitch] of [
    [0, 660],
    [0.16, 880],
  ] as const) {
    const [tone, volume] = [audio.createOscillator(), audio.createGain()];
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.12, audio.currentTime + at);
    volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + at + 0.3);
    tone.connect(volume).connect(audio.destination);
    tone.start(audio.currentTime + at);
    tone.stop(audio.currentTime + at + 0.32);
    if (at > 0) tone.onended = () => void audio.close();
  }
}

/** Sounds, and shows a notice of the browser, for what arrives while the page is open; never for what was there before. */
export function useInterrupts(items: NotificationItem[] | undefined): void {
  const t = useTranslations("notifications");
  const { name } = useClinic();
  const known = useRef<Set<string>>(undefined);
  useEffect(() => {
    if (!items) return;
    const before = known.current;
    known.current = new Set(items.map(({ id }) => id));
    if (!before) return;
    const fresh = items.filter(({ id, kind, read_at }) => !before.has(id) && read_at === null && INTERRUPTS.has(kind));
    const [first] = fresh;
    if (!first) return;
    if (isSoundOn()) chime();
    if (document.hidden && "Notification" in window && Notification.permission === "granted")
      new Notification(name, { body: t(`kinds.${first.kind}`), tag: first.id });
  }, [items, name, t]);
}
