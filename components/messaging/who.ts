"use client";
import { useFormatter } from "next-intl";
import type { Conversation } from "./queries";

/** Who a thread is with: the people behind the address, else the address itself, as far as the reader may see it. */
export function useWho(): (conversation: Pick<Conversation, "patients" | "contact">) => string {
  const format = useFormatter();
  return ({ patients, contact }) =>
    patients.length === 0
      ? (contact.value ?? contact.masked)
      : format.list(
          patients.map((patient) => patient.name),
          { type: "unit", style: "short" },
        );
}
