import { z } from "zod";
import type { TemplateDecision } from "@/lib/messaging/channels/notice";
import { ask, listOfAccount, refusalOf, type Asked } from "./account";
import { listOf, looseOf, textOf } from "./loose";
import { approvalOf, categoryOf, localeOf, reasonOfRejection } from "./template-states";

interface Written {
  name: string;
  locale: string;
  category: string;
  body: string;
  ttlSeconds: number | null;
  /** One for each mark of the body: Meta asks how it will read. */
  examples: readonly string[];
}

/** A template as the account's list has it; `id` is the vendor's. */
export type ListedTemplate = TemplateDecision & { id: string };

/** All templates of an account, in our words; one in a state that nobody has heard of keeps the state it has here. */
export async function listTemplatesOf(token: string, account: string): Promise<Asked<ListedTemplate[]>> {
  const fields = "id,name,language,status,category,rejected_reason,components";
  const listed = await listOfAccount(token, account, "message_templates", fields);
  return listed.problem === null ? { problem: null, data: listed.data.flatMap(readTemplate) } : listed;
}

function readTemplate(row: Record<string, unknown>): ListedTemplate[] {
  const [id, name, language] = [textOf(row.id), textOf(row.name), textOf(row.language)];
  if (!id || !name || !language) return [];
  const approval = approvalOf(textOf(row.status));
  const category = categoryOf(textOf(row.category));
  const decided = approval && {
    approval,
    rejectedReason: reasonOfRejection(approval, textOf(row.rejected_reason)),
  };
  const body = bodyOf(row.components);
  const told = { ...decided, ...(category ? { category } : {}), ...(body === undefined ? {} : { body }) };
  return [{ id, name, locale: localeOf(language), ...told }];
}

function bodyOf(components: unknown): string | undefined {
  const body = listOf(components).find((one) => textOf(looseOf(one).type)?.toUpperCase() === "BODY");
  return textOf(looseOf(body).text);
}

const Taken = z.object({ status: z.string().optional(), category: z.string().optional() });

/**
 * Hands a template in for approval: as a new one, or in place of the text of the one that has this name and language
 * (`existingId`).
 */
export async function submitTemplateTo(
  token: string,
  account: string,
  template: Written,
  existingId: string | undefined,
): Promise<Asked<Pick<TemplateDecision, "approval" | "category">>> {
  const { name, locale, category, body, ttlSeconds, examples } = template;
  const example = examples.length > 0 ? { example: { body_text: [[...examples]] } } : {};
  const written = {
    category: category.toUpperCase(),
    components: [{ type: "BODY", text: body, ...example }],
    ...(ttlSeconds === null ? {} : { message_send_ttl_seconds: ttlSeconds }),
  };
  const answer = existingId
    ? await ask(token, encodeURIComponent(existingId), written)
    : await ask(token, `${encodeURIComponent(account)}/message_templates`, {
        ...{ name, language: locale.replace("-", "_") },
        ...written,
      });
  if (!answer || answer.status !== 200) return refusalOf(answer);
  const taken = Taken.safeParse(answer.body).data;
  const filed = categoryOf(taken?.category);
  return {
    problem: null,
    data: { approval: approvalOf(taken?.status) ?? "pending", ...(filed ? { category: filed } : {}) },
  };
}
