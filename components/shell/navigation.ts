import {
  CalendarDaysIcon,
  InboxIcon,
  LayoutDashboardIcon,
  type LucideIcon,
  MessageCircleCodeIcon,
  UsersIcon,
} from "lucide-react";
import { type ClinicAction, type ClinicRole, may } from "@/lib/identity/permissions";

export type PageName = "dashboard" | "inbox" | "calendar" | "patients" | "simulator";

interface NavigationItem {
  page: PageName;
  icon: LucideIcon;
  /** The single key that opens it. */
  key: string;
  needs: ClinicAction;
}

const PAGES: readonly NavigationItem[] = [
  { page: "dashboard", icon: LayoutDashboardIcon, key: "d", needs: "dashboard.read" },
  { page: "inbox", icon: InboxIcon, key: "i", needs: "conversation.read" },
  { page: "calendar", icon: CalendarDaysIcon, key: "c", needs: "appointment.read" },
  { page: "patients", icon: UsersIcon, key: "p", needs: "patient.read" },
  { page: "simulator", icon: MessageCircleCodeIcon, key: "s", needs: "simulator.use" },
];

/** The pages that exist and that this role may open. */
export const pagesFor = (role: ClinicRole): readonly NavigationItem[] => PAGES.filter((item) => may(role, item.needs));

export const pathOf = (slug: string, page: PageName): string => `/c/${slug}/${page}`;
