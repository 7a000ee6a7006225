import type { Field } from "../field";
import { backlog } from "./backlog";
import { aWeekLater, closedPort, disorder, photos } from "./carrier";
import { answeringMachines } from "./auto-responder";
import { caps } from "./caps";
import { clockChanges } from "./clock-changes";
import { wrongClock } from "./clock";
import { blackout, cuts, noConnections } from "./database";
import { externalEvents } from "./external-events";
import { lateYes } from "./late-yes";
import { restarts } from "./live";
import { limits } from "./limits";
import { noWrites } from "./no-writes";
import { outage } from "./outage";
import { nightfall } from "./quiet-hours";
import { refusals } from "./refusals";
import { poison } from "./poison";
import { restored } from "./restored";
import { rivals } from "./rivals";
import { standstill } from "./standstill";
import { stops } from "./stops";
import { strangers } from "./strangers";

/** What happens in a run beside the patients' talks. Each part answers what it found wrong. */
export interface Storm {
  /** Before they write. */
  before?: (field: Field) => Promise<string[]>;
  /** While patients write; the run goes on when both have ended. */
  during?: (field: Field) => Promise<string[]>;
  /** When patients have been answered. */
  after?: (field: Field) => Promise<string[]>;
  /** Patients write unless it is said that they don't. */
  hasTalks?: boolean;
  /** Workers' rounds may fail, as long as everything is well in the end. */
  mayFail?: boolean;
}

export const STORMS = {
  ...{ blackout, noConnections, noWrites, cuts, restored },
  ...{ aWeekLater, disorder, photos, closedPort },
  ...{ limits, outage, refusals },
  ...{ backlog, poison, standstill, restarts },
  ...{ stops, nightfall, caps, answeringMachines },
  ...{ strangers, wrongClock, rivals },
  ...{ externalEvents, clockChanges, lateYes },
} satisfies Record<string, Storm>;
