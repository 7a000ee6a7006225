import type { Conversation } from "./queries";

/** Who a thread is with: the people behind the address, else the address itself, masked. */
export const whoIn = ({ patients, contact }: Pick<Conversation, "patients" | "contact">): string =>
  patients.length > 0 ? patients.map((patient) => patient.name).join(", ") : contact.masked;
