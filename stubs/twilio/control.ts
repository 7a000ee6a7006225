import { z } from "zod";
import { Inbound, type Carrier } from "./carrier";
import { Fault, WebhookFaults } from "./faults";

const Status = z.object({ sid: z.string(), status: z.string(), errorCode: z.number().int().nullable().default(null) });

/** What the door may ask of the server itself. */
export interface Doorkeeper {
  carrier: Carrier;
  /** Closes the port, so that connections are refused before any byte, or opens it again. */
  setPort: (isOpen: boolean) => Promise<void>;
}

/**
 * The control door, for tests and demonstrations: queue faults, play a patient, read the ledger. Answers undefined for
 * what isn't there; throws on a body of another form.
 */
export async function control({ carrier, setPort }: Doorkeeper, path: string, body: unknown): Promise<unknown> {
  switch (path) {
    case "/_stub/ledger":
      return carrier.ledger.entries;
    case "/_stub/faults":
      return { waiting: carrier.faults.push(...z.array(Fault).parse(body)) };
    case "/_stub/clear":
      return { cleared: carrier.faults.splice(0).length };
    case "/_stub/webhooks":
      return (carrier.webhooks.faults = WebhookFaults.parse(body));
    case "/_stub/release":
      return { released: await carrier.webhooks.release(z.object({ seed: z.number().int() }).parse(body).seed) };
    case "/_stub/port":
      await setPort(z.object({ isOpen: z.boolean() }).parse(body).isOpen);
      return {};
    case "/_stub/inbound":
      return carrier.sendInbound(Inbound.parse(body));
    case "/_stub/status": {
      const { sid, status, errorCode } = Status.parse(body);
      return { answered: await carrier.tellStatus(sid, status, errorCode) };
    }
  }
}
