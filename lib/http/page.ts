import { getIronSession } from "iron-session";
import { cookies, headers } from "next/headers";
import { forbidden, notFound, redirect } from "next/navigation";
import { cache } from "react";
import { systemClock } from "@/lib/core/clock";
import type { ClinicContext, HqContext, UserContext } from "@/lib/core/context";
import { chooseLocale, LOCALE_COOKIE } from "@/lib/core/locales";
import { describeMe } from "@/lib/identity/describe-me";
import type { ClinicAction, HqAction } from "@/lib/identity/permissions";
import { findSessionUser } from "@/lib/identity/session";
import { clinicOf, hqOf } from "./enter";
import { ownLocale } from "./locale";
import { sessionOptions, type SessionCookie } from "./session-cookie";

/** The gates of pages: the same sessions and the same permission table as the doors of the API. */

/** The signed-in person, or undefined. Read once a request, however many layouts and pages ask. */
export const findPageUser = cache(async (): Promise<UserContext | undefined> => {
  const jar = await cookies();
  const { token } = await getIronSession<SessionCookie>(jar, sessionOptions());
  const session = token ? await findSessionUser(token, systemClock()) : undefined;
  if (!session) return undefined;
  const asked = chooseLocale(jar.get(LOCALE_COOKIE)?.value, (await headers()).get("accept-language"));
  const locale = ownLocale(session.user.locale, asked);
  return { ...session, locale, requestId: crypto.randomUUID(), now: systemClock };
});

/** Whoever is not signed in goes to the log-in and comes back here. */
export async function pageUser(): Promise<UserContext> {
  const user = await findPageUser();
  if (user) return user;
  const path = (await headers()).get("x-chairside-path");
  redirect(path && path !== "/" ? `/login?next=${encodeURIComponent(path)}` : "/login");
}

/** A member in their clinic; another's clinic and none are the same 404, a role that may not is told so. */
export const pageClinic = cache(
  async (slug: string, action: ClinicAction): Promise<{ ctx: ClinicContext; me: ReturnType<typeof describeMe> }> => {
    const user = await pageUser();
    const entered = await clinicOf(user, slug, action);
    if (entered.ok) return { ctx: entered.data, me: describeMe(user) };
    if (entered.error === "FORBIDDEN") forbidden();
    notFound();
  },
);

export async function pageHq(action: HqAction): Promise<{ ctx: HqContext; me: ReturnType<typeof describeMe> }> {
  const user = await pageUser();
  const entered = hqOf(user, action);
  if (!entered.ok) forbidden();
  return { ctx: entered.data, me: describeMe(user) };
}
