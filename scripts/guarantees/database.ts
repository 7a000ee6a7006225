import pg from "pg";

const UNANSWERED = `exists (select from messages m
  where m.conversation_id = c.id and m.direction = 'inbound' and m.turn_id is null)`;

/** The run's database as its owner sees it: to look, and to let time pass. */
export class Database {
  readonly sql: pg.Client;
  /** Leases that workers died with: none may be left, and none may have come back. */
  private readonly deadTokens: string[] = [];

  constructor(ownerUrl: string) {
    this.sql = new pg.Client(ownerUrl);
    this.sql.on("error", () => undefined);
  }

  open = (): Promise<unknown> => this.sql.connect();
  close = (): Promise<void> => this.sql.end();

  /** A dead worker's lease ends: half a minute goes by. */
  async endLeases(): Promise<void> {
    const { rows } = await this.sql.query<{ token: string }>(
      `update conversations set turn_lease_until = now() - interval '1 second'
        where turn_lease_token is not null returning turn_lease_token as token`,
    );
    this.deadTokens.push(...rows.map((row) => row.token));
  }

  /** The wait for more, the wait before another try, and a lease that was held for three seconds are over. */
  async hurry(): Promise<void> {
    await this.sql.query(
      `update conversations set turn_lease_until = now() - interval '1 second'
         where turn_lease_until > now() and turn_lease_until < now() + interval '27 seconds';
       update conversations c set turn_due_at = now() where turn_due_at > now() and ${UNANSWERED};
       update outbox set due_at = now() where state = 'due' and due_at > now()`,
    );
  }

  /** How much is still to be done. */
  async backlog(): Promise<number> {
    const { rows } = await this.sql.query<{ backlog: number }>(
      `select (select count(*) from webhook_events where state = 'new')
        + (select count(*) from conversations c where turn_lease_token is not null or ${UNANSWERED})
        + (select count(*) from outbox where state in ('due', 'sending', 'unknown')) as backlog`,
    );
    return Number(rows[0]?.backlog);
  }

  async zombies(): Promise<string[]> {
    const { rows } = await this.sql.query<{ id: string }>(
      "select id from conversations where turn_lease_token = any($1::uuid[])",
      [this.deadTokens],
    );
    return rows.map((row) => row.id);
  }

  /** Ends one of the application's connections, any. */
  async cutOne(): Promise<void> {
    await this.sql.query(
      `select pg_terminate_backend(pid) from (select pid from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() order by random() limit 1) as one`,
    );
  }
}
