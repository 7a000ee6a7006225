import { getRequestConfig } from "next-intl/server";
import { cookies, headers } from "next/headers";
import { findPageUser } from "@/lib/http/page";
import { chooseLocale, formattingTag, localeOf, LOCALE_COOKIE } from "@/lib/core/locales";

/** The language of one request: the user's setting, then the cookie, then the browser's. */
export default getRequestConfig(async () => {
  const user = await findPageUser().catch(() => undefined); // an error page has words even without a database
  const cookie = (await cookies()).get(LOCALE_COOKIE)?.value;
  const locale =
    localeOf(user?.user.locale ?? undefined) ?? chooseLocale(cookie, (await headers()).get("accept-language"));
  const messages = (await import(`../../messages/${locale}.json`)).default;
  return { locale: formattingTag(locale), messages, timeZone: "UTC" };
});
