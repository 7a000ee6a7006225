import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** One fact to be read out of a delivery; what is known only on some channels is checked where it is known. */
const ExpectedEvent = z.looseObject({ kind: z.string() });

const Expected = z.looseObject({
  http_status: z.union([z.number(), z.string()]).optional(),
  events: z.array(ExpectedEvent).optional(),
  patient_messages: z.number().optional(),
  answer: z.enum(["yes", "no", "either"]).optional(),
  effect: z.enum(["opted_out", "opted_in", "none"]).optional(),
  delivery: z.string().optional(),
  final_status: z.string().optional(),
  distinct_patients: z.number().optional(),
  same_person_as: z.string().optional(),
  clean_text: z.string().optional(),
  valid: z.boolean().optional(),
  note: z.string().optional(),
});
export type Expected = z.infer<typeof Expected>;

const PayloadFile = z.looseObject({
  id: z.string(),
  channel: z.string(),
  content_type: z.string().optional(),
  body: z.unknown().optional(),
  deliveries: z.array(z.unknown()).optional(),
  signature: z.object({ auth_token: z.string(), url: z.string(), x_twilio_signature: z.string() }).optional(),
  provider: z.string().optional(),
  auth_token: z.string().optional(),
  app_secret: z.string().optional(),
  url: z.string().optional(),
  params: z.record(z.string(), z.string()).optional(),
  form: z.string().optional(),
  json_body: z.string().optional(),
  raw_body: z.string().optional(),
  x_twilio_signature: z.string().optional(),
  x_hub_signature_256: z.string().optional(),
  expected: Expected,
});
export type PayloadFile = z.infer<typeof PayloadFile>;

export const parsePayload = (json: unknown): PayloadFile => PayloadFile.parse(json);

/** All payload files of a folder, or of its `webhooks`, in the order of their names. Undefined: there is no such folder. */
export async function readPayloads(folder: string): Promise<PayloadFile[] | undefined> {
  const inner = join(folder, "webhooks");
  const at = (await isFolder(inner)) ? inner : folder;
  if (!(await isFolder(at))) return undefined;
  const names = (await readdir(at)).filter((name) => name.endsWith(".json")).sort();
  return Promise.all(names.map(async (name) => readOne(join(at, name), name)));
}

async function readOne(path: string, name: string): Promise<PayloadFile> {
  const text = await readFile(path, "utf8");
  try {
    return parsePayload(JSON.parse(text));
  } catch (error) {
    throw new Error(`${name} is no payload file`, { cause: error });
  }
}

const isFolder = (path: string) =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/** The raw bodies in the order in which they arrive. */
export const deliveriesOf = (file: PayloadFile): string[] =>
  (file.deliveries ?? [file.body ?? ""]).map((body) => (typeof body === "string" ? body : JSON.stringify(body)));
