import { asciiDigits } from "./understand/fold";
import { understand } from "./understand/understand";
import type { Understanding, UnderstandInput } from "./schema";

/** An inbound message as far as understanding needs it. */
export interface InboundText {
  readonly text: string;
  readonly occurredAt: Date;
  readonly buttonPayload?: string | undefined;
}

export type HearContext = Omit<UnderstandInput, "text" | "referenceTime" | "buttonPayload"> & {
  /** "How many minutes late?" was asked: a bare number is the answer. */
  readonly isDelayAsked?: boolean;
};

/**
 * What the patient's unanswered messages mean together: people write one thought in several. A stop or an emergency in
 * any one of them counts as if it had come alone: joined to others, a lone word would no longer be one.
 */
export function hear(messages: readonly InboundText[], context: HearContext): Understanding {
  const heard = hearTogether(messages, context);
  const minutes = context.isDelayAsked
    ? Number(/^\D{0,12}(\d{1,3})\b/.exec(asciiDigits(messages.at(-1)?.text ?? ""))?.[1])
    : 0;
  if (!minutes || heard.slots.delayMinutes !== undefined) return heard;
  const provide = { intent: "provide", confidence: 0.9 } as const;
  const intents = heard.intents.length > 0 ? heard.intents : [provide];
  return {
    ...heard,
    intents,
    confidence: Math.max(heard.confidence, 0.9),
    slots: { ...heard.slots, delayMinutes: minutes },
  };
}

/** Which of the messages tells a stop or a start: the last that does so by itself, else the last of all. */
export function tellerOf<T extends InboundText>(messages: readonly T[], context: HearContext): T | undefined {
  const tells = ({ text, occurredAt }: T) => {
    const { optOut } = understand({ ...context, referenceTime: occurredAt, text: text.trim() });
    return optOut === "opt_out" || optOut === "opt_in";
  };
  return (messages.length > 1 ? messages.findLast(tells) : undefined) ?? messages.at(-1);
}

function hearTogether(messages: readonly InboundText[], context: HearContext): Understanding {
  const last = messages.at(-1);
  const referenceTime = last?.occurredAt ?? new Date(0);
  const texts = messages.map(({ text }) => text.trim()).filter((text) => text !== "");
  const buttonPayload = messages.length === 1 ? last?.buttonPayload : undefined;
  const joined = understand({
    ...context,
    referenceTime,
    text: texts.join("\n"),
    ...(buttonPayload && { buttonPayload }),
  });
  if (texts.length < 2) return joined;
  const alone = texts.map((text) => understand({ ...context, referenceTime, text }));
  const opted = alone.findLast(({ optOut }) => optOut === "opt_out" || optOut === "opt_in");
  const emergency = alone.find((one) => one.emergency);
  return {
    ...joined,
    emergency: joined.emergency || emergency !== undefined,
    ...(opted && { optOut: opted.optOut, optOutBy: opted.optOutBy, isOptInKeyword: opted.isOptInKeyword }),
    spans: [...joined.spans, ...(opted?.spans ?? []), ...(joined.emergency ? [] : (emergency?.spans ?? []))],
  };
}
