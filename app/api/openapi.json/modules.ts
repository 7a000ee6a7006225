import type { RouteModules } from "@/lib/http/openapi";

/** What a bundler offers for a folder of modules; one that waits for another is a promise. */
interface Context {
  keys: () => string[];
  (key: string): Promise<Record<string, unknown>> | Record<string, unknown>;
}
declare const require: { context: (folder: string, deep: boolean, files: RegExp) => Context };

const NOT_DESCRIBED = /\/(openapi\.json|inngest)\//;

/** The API's own routes and their aliases; the bundler puts them in when it builds. */
export async function routeModules(): Promise<RouteModules> {
  const files = require.context("../..", true, /\/route\.ts$/);
  const keys = files.keys().filter((key) => !NOT_DESCRIBED.test(key));
  const modules = await Promise.all(keys.map(async (key) => [folderOf(key), await files(key)] as const));
  return Object.fromEntries(modules);
}

/** `./api/health/route.ts` is `api/health`. */
const folderOf = (key: string): string => key.replace(/^\.\//, "").replace(/\/route\.ts$/, "");
