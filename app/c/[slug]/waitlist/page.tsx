import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Waitlist } from "@/components/waitlist/waitlist";
import { pageClinic } from "@/lib/http/page";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("nav"))("waitlist") });

export default async function WaitlistPage({ params }: PageProps<"/c/[slug]/waitlist">) {
  await pageClinic((await params).slug, "waitlist.read");
  return <Waitlist />;
}
