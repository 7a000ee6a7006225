import { expect, test } from "vitest";
import { splitDelivery } from "./split";

const value = (more: Record<string, unknown>, number = "1001") => ({
  messaging_product: "whatsapp",
  metadata: { display_phone_number: "15550100001", phone_number_id: number },
  ...more,
});
const delivery = (...changes: unknown[]) =>
  JSON.stringify({ object: "whatsapp_business_account", entry: [{ id: "waba-1", changes }] });
const rowsOf = (raw: string) =>
  splitDelivery(raw).events.map(({ account, event, vendorId }) => [account, event, vendorId]);
const HASH = expect.stringMatching(/^\?[\w-]{43}$/);

test("a delivery becomes a row a message and a status, under the number that they are of", () => {
  const messages = [
    { id: "wamid.a", from: "15550102" },
    { id: "wamid.b", from: "15550103" },
  ];
  const statuses = [{ id: "wamid.c", status: "Delivered" }];
  const raw = delivery(
    { field: "messages", value: value({ messages }) },
    { field: "messages", value: value({ statuses }, "1002") },
  );
  expect(rowsOf(raw)).toEqual([
    ["1001", "message", "wamid.a"],
    ["1001", "message", "wamid.b"],
    ["1002", "status:delivered", "wamid.c"],
  ]);
  expect(splitDelivery(raw).numbers).toEqual(["1001", "1002"]);
});

test("of fifty entries the one that is broken is kept by itself and takes no other along", () => {
  const messages = Array.from({ length: 50 }, (_, at) =>
    at === 20 ? "not an object" : { id: `wamid.${at}`, from: "1555" },
  );
  const rows = rowsOf(delivery({ field: "messages", value: value({ messages }) }));
  expect(rows.filter(([, event]) => event === "message")).toHaveLength(49);
  expect(rows.filter(([, event]) => event === "unread")).toEqual([["1001", "unread", HASH]]);
});

test("each piece brings who it is from, and nobody else's name", () => {
  const contacts = [
    { wa_id: "15550102", profile: { name: "Nour" } },
    { user_id: "US.77", profile: { name: "Iker" } },
  ];
  const messages = [
    { id: "a", from: "15550102" },
    { id: "b", from_user_id: "US.77" },
    { id: "c", from: "15550199" },
  ];
  const { events } = splitDelivery(delivery({ field: "messages", value: value({ contacts, messages }) }));
  expect(events.map(({ body }) => body.contact)).toEqual([contacts[0], contacts[1], undefined]);
});

test.each([
  ["no JSON at all", "half a {"],
  ["an entry that is no list", '{"entry":{}}'],
  ["no entries", '{"entry":[]}'],
  ["a change without a value", delivery({ field: "messages" })],
  ["an entry without changes", '{"entry":[{"id":"1"}]}'],
  ["nesting without end", `${"[".repeat(5_000)}${"]".repeat(5_000)}`],
])("%s is kept whole, once", (_, raw) => {
  const [row, ...more] = splitDelivery(raw).events;
  expect(row).toMatchObject({ event: "unread", vendorId: HASH });
  expect(more).toEqual([]);
  expect(splitDelivery(raw).events[0]?.vendorId).toBe(row?.vendorId);
});

test("news that nobody knows yet is kept under its field", () => {
  const change = { field: "brand_new_field", value: { event: "something" } };
  expect(rowsOf(delivery(change))).toEqual([["waba-1", "notice:brand_new_field", HASH]]);
});

test("nothing is left that Postgres can't keep, in names as in values", () => {
  const raw = delivery({ field: "messages", value: value({ messages: [{ id: "a", "x\u0000": "b\u0000\ud83d" }] }) });
  expect(splitDelivery(raw).events[0]?.body.part).toEqual({ id: "a", x: "b\ufffd" });
});
