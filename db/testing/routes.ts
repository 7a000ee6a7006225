import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { RouteParams } from "@/lib/http/door";
import { METHODS, type Method } from "./permission-rows";

const ROOT = join(import.meta.dirname, "../../app");

export type Handler = (request: Request, params: RouteParams) => Promise<Response>;
type Rows = Record<string, Partial<Record<Method, unknown>>>;

/** Every route of the source, as the folder below `app` that it lies in. */
export const routesOf = (): string[] =>
  readdirSync(ROOT, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("route.ts"))
    .map((file) => file.replace(/\/route\.ts$/, ""));

/** The handlers themselves, called as functions: neither server nor middleware.ts stands before them. */
export const loadRoute = async (route: string) =>
  (await import(join(ROOT, route, "route.ts"))) as Partial<Record<Method, Handler>>;

const linesOf = (routes: Rows) =>
  Object.entries(routes).flatMap(([route, methods]) =>
    Object.keys(methods)
      .filter((method) => METHODS.some((known) => known === method))
      .map((method) => `${method} ${route}`),
  );

/** Routes without a row and rows without a route, by method: either is a hole in the matrix. */
export function unmatched(routes: Rows, rows: Rows): string[] {
  const [exist, written] = [linesOf(routes), linesOf(rows)];
  return [
    ...exist.filter((line) => !written.includes(line)).map((line) => `no row: ${line}`),
    ...written.filter((line) => !exist.includes(line)).map((line) => `no route: ${line}`),
  ];
}

/** A path with its parameters filled in; `ids` gives the id by the folder before it. */
export function fillRoute(route: string, slug: string, ids: (noun: string) => string) {
  const params: Record<string, string> = {};
  const path = route.replace(/([\w-]+)\/\[(?:\.\.\.)?(\w+)\]/g, (_, noun: string, name: string) => {
    params[name] = name === "slug" ? slug : ids(noun);
    return `${noun}/${params[name]}`;
  });
  return { params, path: `/${path}` };
}
