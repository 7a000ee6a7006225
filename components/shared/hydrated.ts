"use client";
import { useSyncExternalStore } from "react";

const noSubscription = () => () => undefined;

/** False in what the server sent: a form that isn't alive yet must not send itself the browser's way. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    noSubscription,
    () => true,
    () => false,
  );
