import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { routeModules } from "@/app/api/openapi.json/modules";
import { ApiDocs } from "@/components/docs/api-docs";
import { env } from "@/lib/core/env";
import { readableOf } from "@/lib/http/docs";
import { documentOf } from "@/lib/http/openapi";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("docs"))("title") });

/** The API's description for people, from the document that programs read. */
export default async function DocsPage() {
  const groups = readableOf(documentOf(await routeModules(), env().APP_URL));
  return <ApiDocs groups={[...groups]} />;
}
