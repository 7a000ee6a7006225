import {
  CalendarDaysIcon,
  InboxIcon,
  LayoutDashboardIcon,
  ListTodoIcon,
  type LucideIcon,
  MessageCircleCodeIcon,
  UsersIcon,
} from "lucide-react";
import { type ClinicAction, type ClinicRole, may } from "@/lib/identity/permissions";

export type PageName = "dashboard" | "inbox" | "tasks" | "calendar" | "patients" | "simulator";

interface NavigationItem {
  page: PageName;
  icon: LucideIcon;
  /** The single key that opens it. */
  key: string;
  needs: ClinicAction;
  /** A phone's bar has room for five: the rest stand in the user's menu there. */
  isAside?: boolean;
}

const PAGES: readonly NavigationItem[] = [
  { page: "dashboard", icon: LayoutDashboardIcon, key: "d", needs: "dashboard.read" },
  { page: "inbox", icon: InboxIcon, key: "i", needs: "conversation.read" },
  { page: "tasks", icon: ListTodoIcon, key: "t", needs: "task.read" },
  { page: "calendar", icon: CalendarDaysIcon, key: "c", needs: "appointment.read" },
  { page: "patients", icon: UsersIcon, key: "p", needs: "patient.read" },
  { page: "simulator", icon: MessageCircleCodeIcon, key: "s", needs: "simulator.use", isAside: true },
];

/** The pages that exist and that this role may open. */
export const pagesFor = (role: ClinicRole): readonly NavigationItem[] => PAGES.filter((item) => may(role, item.needs));

export const pathOf = (slug: string, page: PageName): string => `/c/${slug}/${page}`;
