import pg from "pg";

interface Source {
  ownerUrl: string;
  template: string;
}

/** A fresh copy of the template; the name begins `chairside_test_<pid>_`, so that a copy whose run died is dropped later. */
export const makeCopy = (server: Source, name: string): Promise<void> =>
  asOwner(server.ownerUrl, `create database "${name}" template "${server.template}"`);

export const dropCopy = (server: Pick<Source, "ownerUrl">, name: string): Promise<void> =>
  asOwner(server.ownerUrl, `drop database if exists "${name}" with (force)`);

/** CREATE DATABASE copies one template at a time; who comes second waits its turn. */
async function asOwner(ownerUrl: string, statement: string): Promise<void> {
  const client = new pg.Client(ownerUrl);
  await client.connect();
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        await client.query(statement);
        return;
      } catch (error) {
        const busy = error instanceof pg.DatabaseError && error.code === "55006";
        if (!busy || attempt >= 50) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  } finally {
    await client.end();
  }
}
