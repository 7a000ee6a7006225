import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClinicCalendar } from "@/components/scheduling/calendar/clinic-calendar";
import { daysOf, PARAMS } from "@/components/scheduling/calendar/params";
import { appointmentKeys } from "@/components/scheduling/queries";
import { snakeKeys } from "@/lib/core/keys";
import { unwrap } from "@/lib/core/result";
import { dayIn } from "@/lib/core/zone";
import { pageClinic } from "@/lib/http/page";
import { getCalendarStart } from "@/lib/scheduling/calendar-start";
import { listCalendar } from "@/lib/scheduling/list-calendar";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("nav"))("calendar") });

/** The days come with the page: the calendar has nothing to wait for. */
export default async function CalendarPage({ params, searchParams }: PageProps<"/c/[slug]/calendar">) {
  const { ctx } = await pageClinic((await params).slug, "appointment.read");
  const { slug, timeZone } = ctx.clinic;
  const start = unwrap(await getCalendarStart(ctx));
  const asked = await searchParams;
  const text = (name: "day" | "at" | "view") => PARAMS[name].parseServerSide(asked[name]);
  const today = dayIn(ctx.now(), timeZone);
  const where = { day: text("day"), at: text("at"), view: text("view") };
  const { days } = daysOf(where, { timeZone, today, weekStart: start.weekStart });
  const [from = today, to = today] = [days[0], days.at(-1)];
  const queries = new QueryClient();
  const calendar = unwrap(await listCalendar(ctx, { from, to }));
  queries.setQueryData(appointmentKeys.calendar(slug, from, to), JSON.parse(JSON.stringify(snakeKeys(calendar))));
  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <ClinicCalendar {...start} />
    </HydrationBoundary>
  );
}
