"use client";
import { useFormatter } from "next-intl";
import type { Conversation } from "./queries";

/** Who a thread is with: the people behind the address, else the address itself, masked. */
export function useWho(): (conversation: Pick<Conversation, "patients" | "contact">) => string {
  const format = useFormatter();
  return ({ patients, contact }) =>
    patients.length === 0
      ? contact.masked
      : format.list(
          patients.map((patient) => patient.name),
          { type: "unit", style: "short" },
        );
}
