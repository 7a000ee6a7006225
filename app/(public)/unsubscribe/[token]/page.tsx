import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { UnsubscribeCard } from "@/components/messaging/unsubscribe-card";
import { findUnsubscribe } from "@/lib/messaging/unsubscribe/find";

export async function generateMetadata({ params }: PageProps<"/unsubscribe/[token]">): Promise<Metadata> {
  const t = await getTranslations("messaging.unsubscribe");
  const found = await findUnsubscribe((await params).token);
  const absolute = found.ok ? t("title", { clinic: found.data.page.clinic.name }) : t("gone");
  return { title: { absolute }, referrer: "no-referrer" }; // the address is a secret
}

/** Asks before it does anything: mail scanners open links by themselves. It works without JavaScript. */
export default async function UnsubscribePage({ params }: PageProps<"/unsubscribe/[token]">) {
  const { token } = await params;
  const found = await findUnsubscribe(token);
  const page = found.ok ? found.data.page : undefined;
  return (
    <main id="main" className="flex min-h-dvh flex-col items-center justify-center bg-muted px-4 py-10 text-base">
      <UnsubscribeCard action={`/api/public/unsubscribe/${token}`} page={page} />
    </main>
  );
}
