import type { InngestFunction } from "inngest";
import { clearExpired } from "./functions/clinics/clear-expired";
import { takeTurn } from "./functions/dialog/take-turn";
import { deliver } from "./functions/messaging/deliver";
import { fetchMedia } from "./functions/messaging/fetch-media";
import { findMissed } from "./functions/messaging/find-missed";
import { ingest } from "./functions/messaging/ingest";
import { readTemplates } from "./functions/messaging/read-templates";
import { sweep } from "./functions/messaging/sweep";
import { deliverToMembers } from "./functions/notifications/deliver";
import { sweepNotifications } from "./functions/notifications/sweep";
import { tellOfVisit } from "./functions/notifications/tell-of-visit";
import { expireHolds } from "./functions/scheduling/expire-holds";
import { markNoShows } from "./functions/scheduling/mark-no-shows";
import { fillSlots } from "./functions/waitlist/fill-slots";

/** Every background function that is served; one line a function. */
export const functions: InngestFunction.Any[] = [
  ingest,
  takeTurn,
  deliver,
  fetchMedia,
  findMissed,
  readTemplates,
  sweep,
  deliverToMembers,
  tellOfVisit,
  sweepNotifications,
  clearExpired,
  expireHolds,
  markNoShows,
  fillSlots,
];
