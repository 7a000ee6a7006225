import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DayView } from "@/components/scheduling/day-view";
import { pageClinic } from "@/lib/http/page";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("nav"))("calendar") });

export default async function CalendarPage({ params }: PageProps<"/c/[slug]/calendar">) {
  await pageClinic((await params).slug, "appointment.read");
  return <DayView />;
}
