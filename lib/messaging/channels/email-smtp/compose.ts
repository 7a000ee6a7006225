import { directionOf } from "@/lib/core/locales";
import type { WholeMail } from "@/lib/mail/hand-over";
import type { Letter, OutboundMessage } from "@/lib/messaging/channels/channel";
import { withoutWordToSend } from "@/lib/messaging/letters/way-out";
import { htmlOf } from "./html";

/**
 * A message as a mail: its words as they are, then who writes and how to end it, in plain text and in simple HTML. From
 * the clinic's own server the mailbox writes; by the deployment's, `deploymentFrom` does, and answers go to the mailbox.
 */
export function composeMail(message: OutboundMessage, deploymentFrom: string | undefined): WholeMail {
  const { outboxId, from: mailbox, to, letter } = message;
  if (!letter) throw new Error("a mail needs its letter");
  const text = letter.unsubscribe ? withoutWordToSend(message.text) : message.text;
  const address = deploymentFrom === undefined ? mailbox : addressIn(deploymentFrom);
  const { subject, senderName, locale } = letter;
  return {
    messageId: `<${outboxId}@${address.split("@").at(-1) ?? "localhost"}>`,
    from: { name: oneLine(senderName), address },
    ...(deploymentFrom === undefined ? {} : { replyTo: mailbox }),
    ...{ to, subject: oneLine(subject) },
    text: [text, `-- \n${footOf(letter).join("\n\n")}`].join("\n\n"),
    html: htmlOf(text, footOf(letter), { lang: locale, dir: directionOf(locale) }),
    headers: headersOf(letter),
  };
}

function footOf({ foot, unsubscribe }: Letter): string[] {
  return [foot, ...(unsubscribe ? [`${unsubscribe.words} ${unsubscribe.url}`] : [])];
}

function headersOf({ locale, isAutomatic, unsubscribe }: Letter): Record<string, string> {
  return {
    "Content-Language": locale,
    ...(isAutomatic ? { "Auto-Submitted": "auto-generated" } : {}),
    ...(unsubscribe?.isOneClick
      ? {
          "List-Unsubscribe": `<${unsubscribe.oneClickUrl}>`,
          "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
      : {}),
  };
}

/** A header is one line, whatever its words hold. */
const oneLine = (words: string) => words.replace(/[\s\p{Cc}]+/gu, " ").trim();

const addressIn = (from: string) => /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from;
