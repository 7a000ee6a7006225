import { beforeAll, expect, test } from "vitest";
import { loadRoute, routesOf } from "@/db/testing/routes";
import { CLINIC_ROWS, NOT_OURS } from "@/db/testing/permission-rows";
import { documentOf, DOCUMENTED_METHODS, pathOf, type RouteModules } from "./openapi";
import { descriptionOf } from "./describe";

let modules: RouteModules;
let document: ReturnType<typeof documentOf>;
const documented = () => Object.entries(modules).filter(([folder]) => !folder.includes("[..."));

beforeAll(async () => {
  const folders = routesOf().filter((folder) => !NOT_OURS.includes(folder));
  modules = Object.fromEntries(
    await Promise.all(folders.map(async (folder) => [folder, { ...(await loadRoute(folder)) }] as const)),
  );
  document = documentOf(modules, "https://clinic.example");
});

const operationsOf = (path: string) => Object.entries(document.paths?.[path] ?? {});

test("every handler that goes through a door is in the document, and nothing else", () => {
  const wanted = documented().flatMap(([folder, exports]) =>
    DOCUMENTED_METHODS.filter((method) => exports[method]).map((method) => `${method} ${pathOf(folder)}`),
  );
  const told = Object.keys(document.paths ?? {}).flatMap((path) =>
    operationsOf(path).map(([method]) => `${method.toUpperCase()} ${path}`),
  );
  expect(told.toSorted()).toEqual(wanted.toSorted());
  expect(told.length).toBeGreaterThan(100);
});

test("an operation says who may, what it takes and what it answers", () => {
  const wrong: string[] = [];
  for (const [folder, exports] of documented())
    for (const method of DOCUMENTED_METHODS) {
      const description = descriptionOf(exports[method]);
      if (!description) continue;
      const operation = JSON.parse(
        JSON.stringify(operationsOf(pathOf(folder)).find(([name]) => name === method.toLowerCase())?.[1]),
      );
      const names = (place: string) =>
        (operation.parameters ?? [])
          .filter((one: { in: string }) => one.in === place)
          .map((one: { name: string }) => one.name);
      const inPath = [...pathOf(folder).matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const problems = [
        operation["x-permission"] === description.can || "permission",
        String(names("path")) === String(inPath) || "path",
        description.query === undefined || names("query").length > 0 || "query",
        description.body === undefined || operation.requestBody?.content["application/json"]?.schema || "body",
        operation.responses[String(description.status ?? 200)] !== undefined || "status",
        operation.responses["500"] !== undefined || "errors",
        description.door !== "clinic" || operation.responses["403"] !== undefined || "errors of a clinic",
      ];
      wrong.push(...problems.filter((one) => typeof one === "string").map((one) => `${method} ${folder}: ${one}`));
      if (CLINIC_ROWS[folder]?.[method] && !description.can) wrong.push(`${method} ${folder}: no permission`);
    }
  expect(wrong).toEqual([]);
});

test("the document is whole: every reference leads somewhere, every operation has a name of its own", () => {
  const text = JSON.stringify(document);
  const plain = JSON.parse(text);
  for (const [, ref = ""] of text.matchAll(/"\$ref":"#\/([^"]+)"/g))
    expect(ref.split("/").reduce((at, step) => at?.[step], plain)).toBeDefined();
  const ids = [...text.matchAll(/"operationId":"([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(plain).toMatchObject({ openapi: expect.stringMatching(/^3\.1\./), info: { title: "Chairside API" } });
  expect(plain.paths["/api/clinic/{slug}/appointments"].post).toMatchObject({
    "x-permission": "appointment.write",
    requestBody: { content: { "application/json": { schema: { properties: { service_id: { format: "uuid" } } } } } },
  });
});
