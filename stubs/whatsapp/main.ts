import { LOCALES } from "@/lib/core/locales";
import { libraryTemplate } from "@/lib/messaging/templates/library";
import { TEMPLATE_PURPOSES } from "@/lib/messaging/templates/purposes";
import { startWhatsappStub } from "./server";

/** The Graph API's stand-in as a program of its own. A parent that has started it with a channel is told the address. */
const { WHATSAPP_ACCESS_TOKEN, WHATSAPP_APP_SECRET, WHATSAPP_STUB_PORT, WHATSAPP_STUB_LEDGER } = process.env;
const { WHATSAPP_STUB_NUMBERS, WHATSAPP_STUB_APPROVES_AFTER_MS } = process.env;
const { WHATSAPP_STUB_WEBHOOK, WHATSAPP_STUB_STATUS_EVERY_MS = "150" } = process.env;
if (!WHATSAPP_ACCESS_TOKEN || !WHATSAPP_APP_SECRET)
  throw new Error("WHATSAPP_ACCESS_TOKEN or WHATSAPP_APP_SECRET is not set: nobody can be believed.");

const stub = await startWhatsappStub({
  accessToken: WHATSAPP_ACCESS_TOKEN,
  appSecret: WHATSAPP_APP_SECRET,
  port: Number(WHATSAPP_STUB_PORT ?? 0),
  ...(WHATSAPP_STUB_LEDGER ? { ledgerPath: WHATSAPP_STUB_LEDGER } : {}),
  ...(WHATSAPP_STUB_NUMBERS ? { numbers: WHATSAPP_STUB_NUMBERS.split(",") } : {}),
  ...(WHATSAPP_STUB_APPROVES_AFTER_MS ? { approvesAfterMs: Number(WHATSAPP_STUB_APPROVES_AFTER_MS) } : {}),
  ...(WHATSAPP_STUB_WEBHOOK ? { webhookUrl: WHATSAPP_STUB_WEBHOOK } : {}),
  ...(WHATSAPP_STUB_STATUS_EVERY_MS === "never" ? {} : { statusEveryMs: Number(WHATSAPP_STUB_STATUS_EVERY_MS) }),
});
// What the demo's clinics have is what they once handed in here.
if (WHATSAPP_STUB_NUMBERS)
  for (const language of LOCALES)
    for (const purpose of TEMPLATE_PURPOSES) {
      const { name, category, body } = libraryTemplate(language, purpose);
      const components = [{ type: "BODY", text: body }];
      const id = String(700_000 + stub.meta.templates.length);
      stub.meta.templates.push({
        id,
        name,
        language,
        status: "APPROVED",
        category: category.toUpperCase(),
        components,
      });
    }
process.stdout.write(`The WhatsApp stub answers at ${stub.url}\n`);
process.send?.({ url: stub.url, controlUrl: `${stub.url}/_stub` });
process.once("disconnect", () => process.exit(0));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stub.close());
