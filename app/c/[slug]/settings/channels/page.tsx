import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ChannelSettings } from "@/components/settings/channel-settings";
import { pageClinic } from "@/lib/http/page";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("settings"))("tabs.channels"),
});

export default async function ChannelsPage({ params }: PageProps<"/c/[slug]/settings/channels">) {
  await pageClinic((await params).slug, "channel.write");
  return <ChannelSettings />;
}
