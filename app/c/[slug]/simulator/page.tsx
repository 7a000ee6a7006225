import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Simulator } from "@/components/simulator/simulator";
import { pageClinic } from "@/lib/http/page";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("nav"))("simulator") });

export default async function SimulatorPage({ params }: PageProps<"/c/[slug]/simulator">) {
  await pageClinic((await params).slug, "simulator.use");
  return <Simulator />;
}
