import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Services } from "@/components/scheduling/set-up/services";
import { pageClinic } from "@/lib/http/page";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("nav"))("services") });

export default async function ServicesPage({ params }: PageProps<"/c/[slug]/services">) {
  await pageClinic((await params).slug, "service.read");
  return <Services />;
}
