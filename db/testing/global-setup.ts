import type { TestProject } from "vitest/node";
import { openTestServer } from "./template";

declare module "vitest" {
  interface ProvidedContext {
    /** The owner's address of the server, and the migrated database that every test file gets a copy of. */
    testServer: { ownerUrl: string; template: string; run: number };
  }
}

/** Before the database tests: a server and a template that every file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { ownerUrl, template, stop } = await openTestServer();
  project.provide("testServer", { ownerUrl, template, run: process.pid });
  return stop;
}
