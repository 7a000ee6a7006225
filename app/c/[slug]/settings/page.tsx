import { redirect } from "next/navigation";
import { pageClinic } from "@/lib/http/page";
import { may } from "@/lib/identity/permissions";

/** Opens on what this member may set. */
export default async function SettingsPage({ params }: PageProps<"/c/[slug]/settings">) {
  const { slug } = await params;
  const { ctx } = await pageClinic(slug, "notification.read");
  const isManager = ctx.role !== "SYSTEM" && ctx.role !== "PATIENT" && may(ctx.role, "channel.write");
  redirect(`/c/${slug}/settings/${isManager ? "channels" : "notifications"}`);
}
