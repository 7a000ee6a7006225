import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Inbox } from "@/components/messaging/inbox";
import { pageClinic } from "@/lib/http/page";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("nav"))("inbox") });

export default async function InboxPage({ params }: PageProps<"/c/[slug]/inbox">) {
  const { ctx, me } = await pageClinic((await params).slug, "conversation.read");
  return <Inbox me={{ id: ctx.actor.id, name: me.user.name }} />;
}
