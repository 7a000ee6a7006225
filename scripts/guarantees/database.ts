import pg from "pg";

const UNANSWERED = `exists (select from messages m
  where m.conversation_id = c.id and m.direction = 'inbound' and m.turn_id is null)`;

/** The run's database as its owner sees it: to look, and to let time pass. It outlives the server's restarts. */
export class Database {
  private readonly pool: pg.Pool;

  constructor(
    ownerUrl: string,
    readonly name: string,
  ) {
    this.pool = new pg.Pool({ connectionString: ownerUrl, max: 3, application_name: "harness" });
    this.pool.on("error", () => undefined);
    this.pool.on("connect", (client) => void client.on("error", () => undefined));
  }

  close = (): Promise<void> => this.pool.end();

  async query<T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> {
    return (await this.pool.query<T>(text, values)).rows;
  }

  /** Statements on one connection. */
  async session<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    try {
      return await work(client);
    } finally {
      client.release(true);
    }
  }

  /** A dead worker's lease ends: half a minute goes by. */
  async endLeases(): Promise<void> {
    await this.query(
      "update conversations set turn_lease_until = now() - interval '1 second' where turn_lease_token is not null",
    ).catch(() => undefined); // the server is away: then `hurry` ends them
  }

  /** Turns that are held for longer than this are anybody's: the same as half a minute, faster. */
  async endLeasesAfter(seconds: number): Promise<void> {
    await this.query(
      `update conversations set turn_lease_until = now() - interval '1 second'
        where turn_lease_until between now() and now() + (30 - $1::int) * interval '1 second'`,
      [seconds],
    );
  }

  /** The wait for more, the wait before another try, and a lease that was held for three seconds are over. */
  async hurry(): Promise<void> {
    await this.query(
      `update conversations set turn_lease_until = now() - interval '1 second'
         where turn_lease_until > now() and turn_lease_until < now() + interval '27 seconds';
       update conversations c set turn_due_at = now() where turn_due_at > now() and ${UNANSWERED};
       update outbox set due_at = now() where state = 'due' and due_at > now()`,
    );
  }

  /** How much is still to be done. */
  async backlog(): Promise<number> {
    const [row] = await this.query<{ backlog: string }>(
      `select (select count(*) from webhook_events where state = 'new')
        + (select count(*) from conversations c where turn_lease_token is not null or ${UNANSWERED})
        + (select count(*) from outbox where state in ('due', 'sending', 'unknown')) as backlog`,
    );
    return Number(row?.backlog);
  }

  /** Ends one of the application's connections, any, or all of them. */
  async cut(howMany: "one" | "all"): Promise<void> {
    await this.query(
      `select pg_terminate_backend(pid) from (select pid from pg_stat_activity where datname = current_database()
        and application_name <> 'harness' order by random() limit $1) as chosen`,
      [howMany === "one" ? 1 : null],
    );
  }
}
