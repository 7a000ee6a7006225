import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Providers } from "@/components/scheduling/set-up/providers";
import { pageClinic } from "@/lib/http/page";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("nav"))("providers") });

export default async function ProvidersPage({ params }: PageProps<"/c/[slug]/providers">) {
  await pageClinic((await params).slug, "provider.read");
  return <Providers />;
}
