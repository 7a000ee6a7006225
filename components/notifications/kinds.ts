import {
  CalendarCheckIcon,
  CalendarClockIcon,
  CalendarDaysIcon,
  CalendarXIcon,
  HandIcon,
  type LucideIcon,
  MessageCircleQuestionIcon,
  MessageCircleXIcon,
  SirenIcon,
  UnplugIcon,
} from "lucide-react";
import type { Kind } from "@/lib/notifications/schema";

/** Each kind by its own sign, so that none is told by colour alone. */
export const KIND_ICONS: Record<Kind, LucideIcon> = {
  emergency: SirenIcon,
  handoff: HandIcon,
  unanswered: MessageCircleQuestionIcon,
  booked: CalendarCheckIcon,
  moved: CalendarClockIcon,
  cancelled: CalendarXIcon,
  channel_broken: UnplugIcon,
  send_failed: MessageCircleXIcon,
  day_ahead: CalendarDaysIcon,
};

/** Those that interrupt: a sound, and a notice of the browser when the tab is not looked at. */
export const INTERRUPTS: ReadonlySet<Kind> = new Set<Kind>(["emergency", "handoff", "unanswered"]);
