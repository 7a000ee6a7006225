import type { Choice, OutboundMessage, OutboundTemplate } from "@/lib/messaging/channels/channel";

/* What the platform takes, in characters and pieces (Cloud API, message reference). */
export const MOST_BUTTONS = 3;
export const MOST_ROWS = 10;
const LONGEST_BUTTON_TITLE = 20;
const LONGEST_ROW_TITLE = 24;
const LONGEST_ROW_DESCRIPTION = 72;
const LONGEST_BUTTON_TEXT = 1024;
const LONGEST_LIST_TEXT = 4096;
const LONGEST_ID = 200;
/** Opens a list where nobody gave a word for it. */
const LIST_MARK = "☰";

/**
 * A message as the Cloud API takes it: a template, buttons, a list, or a text. What would be cut on a button is a row of
 * a list, which has room for it. Choices that the platform has no room for
 * stay in the text alone, where they are numbered. Our outbox id comes back in every status.
 */
export function composeMessage(message: OutboundMessage): Record<string, unknown> {
  return {
    messaging_product: "whatsapp",
    recipient_type: "individual",
    ...addressee(message.to),
    biz_opaque_callback_data: message.outboxId,
    ...contentOf(message),
  };
}

/** A phone number, or the id of a person who shows none. */
const addressee = (to: string) => (to.startsWith("+") ? { to: to.slice(1) } : { recipient: to });

function contentOf({ text, choices = [], choicesLabel, template }: OutboundMessage): Record<string, unknown> {
  if (template) return { type: "template", template: templateOf(template) };
  const hasIds = choices.every(({ id }) => id !== "" && id.length <= LONGEST_ID);
  if (choices.length > 0 && hasIds) {
    const fit =
      choices.length <= MOST_BUTTONS && choices.every(({ title }) => oneLine(title).length <= LONGEST_BUTTON_TITLE);
    if (fit && text.length <= LONGEST_BUTTON_TEXT)
      return { type: "interactive", interactive: buttonsOf(text, choices) };
    if (choices.length <= MOST_ROWS && text.length <= LONGEST_LIST_TEXT)
      return { type: "interactive", interactive: listOf(text, choices, choicesLabel ?? LIST_MARK) };
  }
  return { type: "text", text: { body: text, preview_url: false } };
}

const buttonsOf = (text: string, choices: readonly Choice[]) => ({
  type: "button",
  body: { text },
  action: {
    buttons: titled(choices, LONGEST_BUTTON_TITLE).map(({ id, title }) => ({ type: "reply", reply: { id, title } })),
  },
});

const listOf = (text: string, choices: readonly Choice[], label: string) => ({
  type: "list",
  body: { text },
  action: {
    button: cut(label, LONGEST_BUTTON_TITLE),
    sections: [
      {
        rows: titled(choices, LONGEST_ROW_TITLE).map(({ id, title, description }) => ({
          ...{ id, title },
          ...(description ? { description: cut(description, LONGEST_ROW_DESCRIPTION) } : {}),
        })),
      },
    ],
  },
});

/** Titles within the limit and all different, as the platform wants them: one that repeats gets its number. */
function titled(choices: readonly Choice[], longest: number): Choice[] {
  const seen = new Set<string>();
  return choices.map((choice, at) => {
    const short = cut(choice.title, longest);
    const title = seen.has(short) ? `${at + 1}. ${cut(choice.title, longest - `${at + 1}. `.length)}` : short;
    seen.add(title);
    return { ...choice, title };
  });
}

const templateOf = ({ name, locale, values }: OutboundTemplate) => ({
  name,
  language: { code: locale.replace("-", "_") },
  ...(values.length > 0
    ? { components: [{ type: "body", parameters: values.map((text) => ({ type: "text", text: oneLine(text) })) }] }
    : {}),
});

/** A variable may hold no line break, tab or long gap: the platform refuses the whole message (132018). */
const oneLine = (text: string) => text.replace(/\s+/g, " ").trim() || "-";

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** At most so many UTF-16 units, never through a letter and its marks or an emoji; a mark says that something is missing. */
export function cut(text: string, longest: number): string {
  const whole = oneLine(text);
  if (whole.length <= longest) return whole;
  let kept = "";
  for (const { segment } of graphemes.segment(whole)) {
    if (kept.length + segment.length > longest - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}
