import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import pg from "pg";
import { dropCopy, makeCopy } from "@/db/testing/copies";
import { openTestServer } from "@/db/testing/template";
import { appUrl, onDatabase } from "@/db/testing/urls";
import type { TestBuild } from "./build";
import { AUDITED } from "./invariants/audited";
import { WATCH } from "./invariants/watch";
import { openOwnServer, type OwnServer } from "./own-server";
import type { Cast } from "./stage";

/** A server with a database in it that every run copies: migrated, watched, with the clinic under fire. */
export interface Place {
  ownerUrl: string;
  template: string;
  build: TestBuild;
  cast: Cast;
  /** Present where the server is nobody else's. */
  power?: OwnServer;
  close: () => Promise<void>;
}

export const SECRETS = {
  ...{ DEMO: "1", SESSION_SECRET: "a secret for fire alone, of forty letters" },
  ...{
    LOG_LEVEL: process.env.GUARANTEES_LOG ?? "info",
    INNGEST_DEV: "",
    DATABASE_LISTEN_URL: "",
    DATABASE_MIGRATE_URL: "",
  },
};

export const copyName = () => `chairside_test_${process.pid}_${randomBytes(6).toString("hex")}`;

/** Where most runs take place: the tests' own server. */
export async function openPlace(build: TestBuild): Promise<Place> {
  const server = await openTestServer();
  return place(build, server.ownerUrl, server.template, async () => server.stop());
}

/** A server apart, which may be stopped. */
export async function openPlaceApart(build: TestBuild): Promise<Place> {
  const power = await openOwnServer();
  const server = await openTestServer(power.ownerUrl);
  return { ...(await place(build, server.ownerUrl, server.template, power.remove)), power };
}

async function place(build: TestBuild, ownerUrl: string, migrated: string, stop: () => Promise<void>): Promise<Place> {
  const template = copyName();
  await makeCopy({ ownerUrl, template: migrated }, template);
  const address = onDatabase(ownerUrl, template);
  await watch(address);
  const cast = await stageIn(build, appUrl(address));
  const close = async () => {
    await dropCopy({ ownerUrl }, template);
    await stop();
  };
  return { ownerUrl, template, build, cast, close };
}

async function watch(address: string): Promise<void> {
  const client = new pg.Client(address);
  await client.connect();
  try {
    const { rows } = await client.query(
      "select from pg_roles where rolname = current_user and (rolsuper or rolbypassrls)",
    );
    if (rows.length === 0)
      throw new Error("the owner of the test server must see every clinic's rows (superuser or BYPASSRLS)");
    await client.query(WATCH);
    await client.query(AUDITED);
  } finally {
    await client.end();
  }
}

/** The clinic is written by a process of its own: an environment is read once. */
async function stageIn(build: TestBuild, databaseUrl: string): Promise<Cast> {
  const env = {
    ...process.env,
    ...SECRETS,
    DATABASE_URL: databaseUrl,
    APP_URL: "http://127.0.0.1:3000",
    INNGEST_BASE_URL: "",
  };
  const child = fork(build.stage, [], { env, execArgv: [], stdio: ["ignore", "ignore", "inherit", "ipc"] });
  return new Promise<Cast>((resolve, reject) => {
    child.once("message", (cast) => resolve(cast as Cast)); // the program beside this one
    child.once("exit", (code) => reject(new Error(`the stage was not set: ${code}`)));
  });
}
