import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TemplateLibrary } from "@/components/settings/template-library";
import { pageClinic } from "@/lib/http/page";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("settings"))("tabs.templates"),
});

export default async function TemplatesPage({ params }: PageProps<"/c/[slug]/settings/templates">) {
  await pageClinic((await params).slug, "template.write");
  return <TemplateLibrary />;
}
