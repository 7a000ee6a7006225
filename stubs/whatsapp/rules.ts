import { z } from "zod";

/* What the Cloud API refuses at once, with its own codes. Enough to notice what a sender gets wrong. */

const title = (longest: number) => z.string().min(1).max(longest);
const unique = (titles: string[]) => new Set(titles).size === titles.length;

const Buttons = z.object({
  type: z.literal("button"),
  body: z.object({ text: title(1024) }),
  action: z.object({
    buttons: z
      .array(z.object({ type: z.literal("reply"), reply: z.object({ id: title(256), title: title(20) }) }))
      .min(1)
      .max(3)
      .refine((all) => unique(all.map(({ reply }) => reply.title)) && unique(all.map(({ reply }) => reply.id))),
  }),
});
const List = z.object({
  type: z.literal("list"),
  body: z.object({ text: title(4096) }),
  action: z.object({
    button: title(20),
    sections: z.tuple([
      z.object({
        rows: z
          .array(z.object({ id: title(200), title: title(24), description: z.string().max(72).optional() }))
          .min(1)
          .max(10)
          .refine((rows) => unique(rows.map(({ id }) => id))),
      }),
    ]),
  }),
});
const Variable = z.object({
  type: z.literal("text"),
  text: z
    .string()
    .min(1)
    .regex(/^(?!.*(?:[\n\t]| {5}))/s),
});
const Template = z.object({
  name: z.string().regex(/^[a-z0-9_]{1,512}$/),
  language: z.object({ code: z.string().regex(/^[a-z]{2,3}(?:_[A-Z]{2})?$/) }),
  components: z.array(z.object({ type: z.literal("body"), parameters: z.array(Variable).min(1) })).optional(),
});
const Base = z.object({
  messaging_product: z.literal("whatsapp"),
  to: z
    .string()
    .regex(/^\+?\d{5,15}$/)
    .optional(),
  recipient: z
    .string()
    .regex(/^[A-Z]{2}\.\w{1,128}$/)
    .optional(),
  biz_opaque_callback_data: z.string().max(512).optional(),
});
const Message = z.discriminatedUnion("type", [
  Base.extend({ type: z.literal("text"), text: z.object({ body: title(4096) }) }),
  Base.extend({ type: z.literal("interactive"), interactive: z.union([Buttons, List]) }),
  Base.extend({ type: z.literal("template"), template: Template }),
]);

/** The code with which Meta refuses a message of this form; undefined where it takes it. */
export function problemOf(body: unknown): number | undefined {
  const read = Message.safeParse(body);
  if (!read.success) return 131009;
  return read.data.to === undefined && read.data.recipient === undefined ? 131008 : undefined;
}
