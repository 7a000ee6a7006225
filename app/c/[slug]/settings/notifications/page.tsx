import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NotificationPreferences } from "@/components/notifications/preferences";
import { pageClinic } from "@/lib/http/page";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("notifications"))("title"),
});

export default async function NotificationsPage({ params }: PageProps<"/c/[slug]/settings/notifications">) {
  await pageClinic((await params).slug, "notification.read");
  return <NotificationPreferences />;
}
