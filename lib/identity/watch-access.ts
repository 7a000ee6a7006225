import { sql } from "drizzle-orm";
import { log } from "@/lib/core/log";
import { unscoped } from "@/lib/core/transact";
import { may, type ClinicAction, type MemberRole } from "./permissions";
import { IDLE_MINUTES } from "./session";

/** Asked again this often: whoever loses a role or a session loses what they listen to within 5 s. */
const RECHECK_MS = 4_000;

/** Something long that a session may have as long as its role at a clinic lasts. */
export interface Access {
  tokenHash: string;
  clinicId: string;
  action: ClinicAction;
}
interface Watched extends Access {
  end: () => void;
}

const watched = new Set<Watched>();
let timer: NodeJS.Timeout | undefined;

/**
 * Calls `end` within 5 s after a session is no longer allowed `action`; the answered function stops the watch. All that
 * is open in the process is asked about in one statement, and that is no activity of anybody. While the database can't
 * be asked, nothing is taken away: nothing comes from it either.
 */
export function watchAccess(access: Access, end: () => void): () => void {
  const one = { ...access, end };
  watched.add(one);
  timer ??= setInterval(() => void recheck(), RECHECK_MS);
  return () => {
    watched.delete(one);
    if (watched.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

async function recheck(): Promise<void> {
  const asked = [...watched];
  try {
    const roles = await readRoles([...new Set(asked.map(({ tokenHash }) => tokenHash))]);
    for (const { tokenHash, clinicId, action, end } of asked) {
      const role = roles.get(`${tokenHash} ${clinicId}`);
      if (!role || !may(role, action)) end();
    }
  } catch (error) {
    log.warn({ error }, "open streams not checked");
  }
}

/** The role of each session that lasts, by its token's hash and the clinic. */
async function readRoles(tokenHashes: string[]): Promise<Map<string, MemberRole>> {
  const { rows } = await unscoped((tx) =>
    tx.execute<{ token_hash: string; clinic_id: string; role: MemberRole }>(sql`
      select token_hash, clinic_id, role
      from sessions_still_in(${sql.param(tokenHashes)}::text[], make_interval(mins => ${IDLE_MINUTES}))`),
  );
  return new Map(rows.map((row) => [`${row.token_hash} ${row.clinic_id}`, row.role]));
}
