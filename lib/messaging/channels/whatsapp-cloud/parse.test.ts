import { expect, test } from "vitest";
import { readWhatsappEvent } from "./parse";

const read = (event: string, part: Record<string, unknown>, contact?: Record<string, unknown>) =>
  readWhatsappEvent({
    event,
    vendorId: "wamid.x",
    body: { phone_number_id: "1001", part, ...(contact && { contact }) },
  });
const message = (part: Record<string, unknown>, contact?: Record<string, unknown>) =>
  read("message", { id: "wamid.x", from: "15550102", timestamp: "1750000000", ...part }, contact);

test("a text comes with its sender, their name and when Meta had it", () => {
  const contact = { wa_id: "15550102", user_id: "US.9", profile: { name: "Nour", username: "nour" } };
  expect(message({ type: "text", text: { body: "Is Friday free?" } }, contact)).toMatchObject({
    ...{ type: "message", channelKind: "whatsapp_cloud", to: "1001", from: "+15550102", contactKind: "phone" },
    ...{ userId: "US.9", profileName: "Nour", kind: "text", text: "Is Friday free?", media: [], wantsAnswer: true },
    ...{ flags: { profileName: "Nour", username: "nour" }, at: new Date("2025-06-15T15:06:40Z") },
  });
});

test("who shows no number is reached by their user id", () => {
  const part = { from: undefined, from_user_id: "ES.42", type: "text", text: { body: "hola" } };
  expect(message(part)).toMatchObject({ from: "ES.42", contactKind: "whatsapp_user", userId: "ES.42" });
});

test.each([
  ["image", { image: { id: "7", mime_type: "image/png", caption: "here" } }, { text: "here" }],
  ["video", { video: { id: "7", mime_type: "video/mp4" } }, {}],
  ["document", { document: { id: "7", mime_type: "application/pdf", filename: "x.pdf" } }, {}],
  ["sticker", { sticker: { id: "7", mime_type: "image/webp" } }, {}],
  ["audio", { audio: { id: "7", mime_type: "audio/ogg", voice: true } }, { payload: { isVoice: true } }],
])("a medium of kind %s is kept by the vendor's id", (kind, block, more) => {
  const contentType = Object.values(block)[0]?.mime_type;
  expect(message({ type: kind, ...block })).toMatchObject({
    ...{ kind, media: [{ vendorMediaId: "7", contentType }], wantsAnswer: true },
    ...more,
  });
});

test.each([
  [
    "a place",
    { location: { latitude: 1.5, longitude: -2, name: "Corner" } },
    "location",
    { place: { latitude: 1.5, longitude: -2, name: "Corner" } },
  ],
  [
    "a card",
    { contacts: [{ name: { formatted_name: "Lab" }, phones: [{ phone: "+1 555" }, {}] }] },
    "contacts",
    { contacts: [{ name: "Lab", phones: ["+1 555"] }] },
  ],
  [
    "a button",
    { interactive: { type: "button_reply", button_reply: { id: "choose:2", title: "Tue" } } },
    "button",
    { replyId: "choose:2" },
  ],
  [
    "a row of a list",
    { interactive: { type: "list_reply", list_reply: { id: "r1", title: "Tue", description: "4 pm" } } },
    "list_choice",
    { replyId: "r1", description: "4 pm" },
  ],
  ["a template's button", { button: { payload: "confirm", text: "Yes" } }, "button", { replyId: "confirm" }],
  [
    "a filled-in form",
    { interactive: { type: "nfm_reply", nfm_reply: { response_json: "{broken" } } },
    "unsupported",
    { vendorType: "nfm_reply", response: "{broken" },
  ],
  [
    "an order",
    { order: { product_items: [{ product_retailer_id: "A", quantity: 2 }] } },
    "order",
    { items: [{ name: "A", quantity: 2 }] },
  ],
])("%s is read, also where its type isn't said", (_, block, kind, payload) => {
  expect(message(block)).toMatchObject({ kind, payload });
  expect(message({ type: Object.keys(block)[0], ...block })).toMatchObject({ kind, payload });
});

test("a reaction and its taking back ask for no answer", () => {
  const reaction = { message_id: "wamid.y", emoji: "👍" };
  expect(message({ type: "reaction", reaction })).toMatchObject({
    ...{ kind: "reaction", payload: { emoji: "👍", about: "wamid.y" }, wantsAnswer: false },
  });
  expect(message({ type: "reaction", reaction: { message_id: "wamid.y" } })).toMatchObject({ payload: { emoji: "" } });
});

test("what a message is about, where it was forwarded from and the advertisement before it are kept", () => {
  const context = { id: "wamid.before", frequently_forwarded: true };
  const referral = { headline: "Whiter teeth", source_id: "1" };
  expect(message({ type: "text", text: { body: "hi" }, context, referral })).toMatchObject({
    ...{ payload: { about: "wamid.before", isForwarded: true }, flags: { fromAd: "Whiter teeth" } },
  });
});

test.each(["unsupported", "ephemeral", "a_kind_of_next_year"])("a message of kind %s is kept and shown", (type) => {
  const errors = [{ code: 131051 }];
  expect(message({ type, errors })).toMatchObject({
    ...{ kind: "unsupported", payload: { vendorType: type }, flags: { errorCodes: "131051" } },
  });
});

test.each([
  [
    "the old shape",
    { from: "15550102", system: { type: "user_changed_number", wa_id: "15550109", customer: "15550102" } },
  ],
  ["the newer one", { from: "15550102", system: { type: "user_changed_number", new_wa_id: "15550109" } }],
])("a changed number in %s tells of both and asks for no answer", (_, part) => {
  expect(message({ type: "system", ...part })).toMatchObject({
    ...{ kind: "system", from: "+15550102", wantsAnswer: false },
    identity: { addresses: expect.arrayContaining([{ kind: "phone", value: "+15550109" }]) },
  });
});

test("a new user id is joined to the former one, and to the number beside it", () => {
  const part = { wa_id: "15550102", user_id: { previous: "US.1", current: "US.2" } };
  expect(read("user_id", part)).toMatchObject({
    type: "identity",
    addresses: [
      { kind: "whatsapp_user", value: "US.1" },
      { kind: "phone", value: "+15550102" },
      { kind: "whatsapp_user", value: "US.2" },
    ],
  });
});

test.each([
  ["sent", "sent"],
  ["delivered", "delivered"],
  ["read", "read"],
  ["played", "read"],
])("the status %s is %s, and finds its message by our own id", (word, status) => {
  const part = { status: word, biz_opaque_callback_data: "outbox-1" };
  expect(read(`status:${word}`, part)).toEqual({
    ...{ type: "status", vendorId: "wamid.x", outboxId: "outbox-1", status, code: null, reason: null },
    sender: { channelKind: "whatsapp_cloud", address: "1001" },
  });
});

test.each([
  [131047, "window_closed"],
  [131026, "undeliverable"],
  [131049, "marketing_cap"],
  [131056, "paced"],
  [987654, "other"],
])("a failure with %i is %s", (code, reason) => {
  const part = { status: "failed", errors: [{ code, title: "x" }] };
  expect(read("status:failed", part)).toMatchObject({ status: "failed", code: String(code), reason });
});

test("a status word that nobody knows is not understood, and moves nothing", () => {
  expect(read("status:deleted", { status: "deleted" })).toBeUndefined();
});

test("what staff wrote in the phone app is an echo; a correction of theirs is not", () => {
  const echo = { id: "wamid.e", to: "15550102", timestamp: 1750000000, type: "text", text: { body: "On our way" } };
  expect(read("echo", echo)).toMatchObject({ type: "echo", from: "+15550102", kind: "text", text: "On our way" });
  expect(read("echo", { ...echo, type: "edit", edit: {} })).toBeUndefined();
});

test.each([
  ["stop", "out"],
  ["resume", "in"],
  ["signup", "in"],
])("the preference %s is marketing %s", (value, state) => {
  const part = { wa_id: "15550102", category: "marketing_messages", value, detail: "words", timestamp: 1750000000 };
  expect(read("preference", part)).toMatchObject({ type: "preference", from: "+15550102", state, words: "words" });
  expect(read("preference", { ...part, category: "another" })).toBeUndefined();
});

test.each(["call:connect", "notice:anything", "unread"])("%s is kept, not understood", (event) => {
  expect(read(event, { id: "x" })).toBeUndefined();
});
