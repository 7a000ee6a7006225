import {
  CalendarClockIcon,
  CalendarDaysIcon,
  CalendarRangeIcon,
  ClipboardListIcon,
  HourglassIcon,
  InboxIcon,
  LayoutDashboardIcon,
  ListTodoIcon,
  type LucideIcon,
  MessageCircleCodeIcon,
  SettingsIcon,
  StethoscopeIcon,
  UsersIcon,
} from "lucide-react";
import { type ClinicAction, type ClinicRole, may } from "@/lib/identity/permissions";

export type PageName =
  | "dashboard"
  | "inbox"
  | "tasks"
  | "calendar"
  | "appointments"
  | "patients"
  | "waitlist"
  | "simulator"
  | "services"
  | "providers"
  | "schedule"
  | "settings";

export interface NavigationItem {
  page: PageName;
  icon: LucideIcon;
  /** What the day's work happens in, or what the clinic is set up by. */
  group: "work" | "setUp";
  /** The single key that opens it: for what is opened many times a day. */
  key?: string;
  needs: ClinicAction;
  /** A phone's bar has room for five: the rest stand in the user's menu there. */
  isAside?: boolean;
}

const PAGES: readonly NavigationItem[] = [
  { page: "dashboard", icon: LayoutDashboardIcon, group: "work", key: "d", needs: "dashboard.read" },
  { page: "inbox", icon: InboxIcon, group: "work", key: "i", needs: "conversation.read" },
  { page: "tasks", icon: ListTodoIcon, group: "work", key: "t", needs: "task.read" },
  { page: "calendar", icon: CalendarDaysIcon, group: "work", key: "c", needs: "appointment.read" },
  { page: "appointments", icon: CalendarRangeIcon, group: "work", key: "a", needs: "appointment.read", isAside: true },
  { page: "patients", icon: UsersIcon, group: "work", key: "p", needs: "patient.read" },
  { page: "waitlist", icon: HourglassIcon, group: "work", needs: "waitlist.read", isAside: true },
  { page: "simulator", icon: MessageCircleCodeIcon, group: "setUp", key: "s", needs: "simulator.use", isAside: true },
  { page: "services", icon: ClipboardListIcon, group: "setUp", needs: "service.read", isAside: true },
  { page: "providers", icon: StethoscopeIcon, group: "setUp", needs: "provider.read", isAside: true },
  { page: "schedule", icon: CalendarClockIcon, group: "setUp", needs: "schedule.read", isAside: true },
  { page: "settings", icon: SettingsIcon, group: "setUp", needs: "notification.read", isAside: true },
];

/** The pages that exist and that this role may open. */
export const pagesFor = (role: ClinicRole): readonly NavigationItem[] => PAGES.filter((item) => may(role, item.needs));

/** Where a page begins: what its own pages' paths start with. */
export const pathOf = (slug: string, page: PageName): string => `/c/${slug}/${page}`;

/** What a link to a page opens: of the settings, the first that this role may see. */
export const hrefOf = (slug: string, page: PageName, role: ClinicRole): string =>
  page === "settings"
    ? `${pathOf(slug, page)}/${may(role, "channel.write") ? "channels" : "notifications"}`
    : pathOf(slug, page);
