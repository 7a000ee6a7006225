import { z } from "zod";

/** What a form asks to end: the page names it; whatever else is posted is a mail program's one click. */
export const AskedToEnd = z
  .object({ end: z.enum(["service", "marketing"]).optional().catch(undefined) })
  .transform(({ end }) =>
    end === undefined ? ({ by: "one_click", purpose: undefined } as const) : ({ by: "page", purpose: end } as const),
  );
