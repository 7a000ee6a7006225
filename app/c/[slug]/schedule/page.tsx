import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Schedule } from "@/components/scheduling/set-up/schedule";
import { pageClinic } from "@/lib/http/page";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("nav"))("schedule") });

export default async function SchedulePage({ params }: PageProps<"/c/[slug]/schedule">) {
  await pageClinic((await params).slug, "schedule.read");
  return <Schedule />;
}
