import type { Page } from "@playwright/test";
import { newId } from "@/db/ids";
import { makePatient } from "@/db/testing/make";
import { makeConversation } from "@/db/testing/make-talk";
import { listChannels } from "@/lib/messaging/list-channels";
import { systemContext } from "@/lib/clinics/mint";
import { unwrap } from "@/lib/core/result";
import { expect, expectAccessible, signIn, test } from "./fixtures";

/** A thread of a patient of this test's own, on the clinic's SMS number. */
async function makeThread() {
  const ctx = await systemContext("demo-dental", "e2e");
  const name = `Inbox ${newId().slice(-8)}`;
  const { contactPointId } = await makePatient(ctx, { name });
  const channels = unwrap(await listChannels(ctx)).items;
  const channelId = channels.find((one) => one.kind === "twilio_sms")?.id ?? "";
  const said = `My crown came loose ${name.slice(-8)}`;
  const { id } = await makeConversation(ctx, {
    ...{ channelId, contactPointId, unreadCount: 1, lastInboundAt: ctx.now() },
    messages: [{ text: said }],
  });
  return { id, name, said };
}

const openThread = async (page: Page, id: string) => {
  await page.goto(`/c/demo-dental/inbox?id=${id}`);
  await expect(page.getByRole("log").getByRole("listitem").first()).toBeVisible();
};

test("a thread is found by its words, noted, answered by a saved reply, snoozed and closed, each undone at once", async ({
  page,
  baseURL,
}) => {
  await signIn(page, baseURL ?? "", { role: "STAFF" });
  const { name, said } = await makeThread();
  const shortcut = `s${newId().slice(-8)}`;
  await page.request.post("/api/clinic/demo-dental/canned-replies", {
    headers: { origin: baseURL ?? "" },
    data: { shortcut, locale: "en", text: "Hello {patient}, come at four." },
  });
  await page.goto("/c/demo-dental/inbox");
  const list = page.getByRole("region", { name: "Conversations" });
  await list.getByRole("searchbox").fill(said);
  await list.getByRole("listitem").filter({ hasText: name }).getByRole("button").click();
  const log = page.getByRole("log");
  await expect(log).toContainText(said);
  await expectAccessible(page);

  const field = page.getByRole("combobox", { name: "Your reply" });
  await field.fill("She prefers mornings");
  await field.press("Control+Enter");
  await expect(log.getByRole("listitem").filter({ hasText: "Note for the team" })).toContainText(
    "She prefers mornings",
  );

  await field.fill(`/${shortcut}`);
  await expect(page.getByRole("option", { name: /come at four/ })).toBeVisible();
  await field.press("Enter");
  await expect(field).toHaveValue("Hello Inbox, come at four.");
  await field.press("Enter");
  await expect(log.getByRole("listitem").last()).toContainText("Hello Inbox, come at four.");

  await page.getByRole("button", { name: "Snooze", exact: true }).click();
  await page.getByRole("menuitem", { name: /Tomorrow morning/ }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Back in the list")).toBeVisible();

  await page.getByRole("button", { name: "Close conversation" }).click();
  await expect(page.getByText("This conversation is closed.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).last().click();
  await expect(page.getByRole("combobox", { name: "Your reply" })).toBeVisible();
});

test("two people in one thread see each other, and a second answer is asked about before it goes", async ({
  page,
  browser,
  baseURL,
}) => {
  await signIn(page, baseURL ?? "", { role: "STAFF" });
  const other = await browser.newPage();
  await signIn(other, baseURL ?? "", { role: "ADMIN" });
  const { id } = await makeThread();
  await openThread(page, id);
  await openThread(other, id);
  await expect(page.getByRole("img", { name: /is here, too/ })).toBeVisible();

  const [mine, theirs] = [page, other].map((one) => one.getByRole("combobox", { name: "Your reply" }));
  await theirs?.pressSequentially("Come at");
  await expect(page.getByText(/is writing here/)).toBeVisible();

  await page.route("**/messages?**", (route) => route.abort()); // this screen doesn't hear of the answer in time
  await theirs?.fill("Come at ten");
  // What their screen shows at once is not yet the server's word.
  await Promise.all([other.waitForResponse(/\/reply$/), theirs?.press("Enter")]);
  await expect(other.getByRole("log").getByRole("listitem").last()).toContainText("Come at ten");
  await mine?.fill("Come at noon");
  await mine?.press("Enter");
  await expect(page.getByText("A colleague answered while you were writing.")).toBeVisible();
  if (mine) await expect(mine).toHaveValue("Come at noon");
  await other.close();
});
