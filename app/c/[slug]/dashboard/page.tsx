import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Dashboard } from "@/components/dashboard/dashboard";
import { pageClinic } from "@/lib/http/page";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("nav"))("dashboard") });

export default async function DashboardPage({ params }: PageProps<"/c/[slug]/dashboard">) {
  await pageClinic((await params).slug, "dashboard.read");
  return <Dashboard />;
}
