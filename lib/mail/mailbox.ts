import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import PostalMime from "postal-mime";
import { z } from "zod";
import { env } from "@/lib/core/env";

/** What the list shows; older mails stay in the file. */
const MOST = 100;

/** A mail as its reader sees it. `id` is its place in the mailbox, from 1. */
export interface KeptMail {
  id: number;
  at: Date;
  from: string;
  to: string;
  subject: string;
  text: string;
  html: string | null;
}

const Line = z.object({ at: z.iso.datetime(), to: z.array(z.string()), raw: z.string() });

/** Where the demo keeps its mails; undefined elsewhere: there they leave the machine, and nobody reads them here. */
export const demoMailbox = (): string | undefined => (env().mode === "demo" ? (env().DEMO_MAILBOX ?? "") : undefined);

/** The mails of a mailbox, the newest first, at most a hundred. */
export async function readMailbox(path: string): Promise<KeptMail[]> {
  if (!existsSync(path)) return [];
  const lines = (await readFile(path, "utf8")).split("\n").filter(Boolean);
  const first = Math.max(0, lines.length - MOST);
  const mails = await Promise.all(lines.slice(first).map((line, index) => mailOf(line, first + index + 1)));
  return mails.reverse();
}

async function mailOf(line: string, id: number): Promise<KeptMail> {
  const { at, to, raw } = Line.parse(JSON.parse(line));
  const { from, subject = "", text = "", html = null } = await PostalMime.parse(raw);
  return { id, at: new Date(at), from: addressOf(from), to: to.join(", "), subject, text: text.trimEnd(), html };
}

const addressOf = (from: { name?: string; address?: string } | undefined): string =>
  [from?.name, from?.address && `<${from.address}>`].filter(Boolean).join(" ");
