import { createTranslator } from "use-intl/core";
import { messagesOf } from "@/lib/core/catalogue";
import { env } from "@/lib/core/env";
import type { Kind } from "./schema";

export interface Told {
  subject: string;
  /** With the way to it; no patient's name, number or words: mails and texts are read over shoulders. */
  text: string;
}

interface About {
  clinic: { slug: string; name: string };
  entityType: string;
  entityId: string;
}

/** What a mail or a text says of a notification, in the member's language. */
export function wordsOf(kind: Kind, { clinic, entityType, entityId }: About, locale: string): Told {
  const t = createTranslator({ locale, messages: messagesOf(locale), namespace: "notifications.told" });
  const subject = t(kind, { clinic: clinic.name });
  return { subject, text: `${subject}\n${env().APP_URL}${pathOf(clinic.slug, entityType, entityId)}` };
}

function pathOf(slug: string, entityType: string, id: string): string {
  if (entityType === "conversation") return `/c/${slug}/inbox?id=${id}`;
  if (entityType === "appointment") return `/c/${slug}/calendar?visit=${id}`;
  if (entityType === "provider") return `/c/${slug}/calendar`;
  if (entityType === "channel") return `/c/${slug}/settings/channels`;
  return entityType === "message" ? `/c/${slug}/inbox` : `/c/${slug}/dashboard`;
}
