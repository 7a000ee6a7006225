import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Tasks } from "@/components/tasks/tasks";
import { pageClinic } from "@/lib/http/page";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("nav"))("tasks") });

export default async function TasksPage({ params }: PageProps<"/c/[slug]/tasks">) {
  const { ctx, me } = await pageClinic((await params).slug, "task.read");
  return <Tasks me={{ id: ctx.actor.id, name: me.user.name }} />;
}
