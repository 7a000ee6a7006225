import { and, eq } from "drizzle-orm";
import { media } from "@/db/schema/media";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { readKeptFile } from "./uploads";

export interface MediaFile {
  contentType: string;
  fileName: string | null;
  bytes: Buffer;
}

/** A stored attachment of the clinic. NOT_FOUND while it is not fetched, and when its file is gone. */
export async function getMedia(ctx: ClinicContext, id: string): Promise<Result<MediaFile>> {
  const [row] = await query(ctx, (tx) =>
    tx
      .select()
      .from(media)
      .where(and(eq(media.clinicId, ctx.clinic.id), eq(media.id, id))),
  );
  if (row?.state !== "stored" || !row.storageKey || !row.contentType) return err("NOT_FOUND", { what: "media" });
  const bytes = await readKeptFile(row.storageKey);
  if (!bytes) return err("NOT_FOUND", { what: "media" });
  return ok({ contentType: row.contentType, fileName: row.fileName, bytes });
}
