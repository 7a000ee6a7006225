import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Mailbox } from "@/components/demo/mailbox";
import { demoMailbox, readMailbox } from "@/lib/mail/mailbox";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("demoMail"))("title"),
});

/** What the demo's clinics mailed. There is no such page in production. */
export default async function DemoMailPage({ searchParams }: PageProps<"/demo/mail">) {
  const path = demoMailbox();
  if (path === undefined) notFound();
  const { mail } = await searchParams;
  return <Mailbox mails={await readMailbox(path)} openId={Number(mail) || undefined} />;
}
