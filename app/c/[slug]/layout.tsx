import type { Metadata } from "next";
import { ClinicProvider, type ClinicView } from "@/components/shared/clinic-context";
import { PortalShell } from "@/components/shell/portal-shell";
import { pageClinic } from "@/lib/http/page";
import { CLINIC_ROLES } from "@/lib/identity/permissions";
import { formatCursor, readEnd } from "@/lib/realtime/feed";

export async function generateMetadata({ params }: LayoutProps<"/c/[slug]">): Promise<Metadata> {
  const { ctx } = await pageClinic((await params).slug, "dashboard.read");
  return { title: { default: ctx.clinic.name, template: `%s · ${ctx.clinic.name}` } };
}

export default async function ClinicLayout({ params, children }: LayoutProps<"/c/[slug]">) {
  const { ctx, me } = await pageClinic((await params).slug, "dashboard.read");
  const { slug, name, timeZone, currency } = ctx.clinic;
  const role = CLINIC_ROLES.find((known) => known === ctx.role) ?? "VIEWER";
  const clinic: ClinicView = { slug, name, timeZone, currency, digits: "latn", role };
  // The pages' data is read by the browser, so after this: what changes in between is told when its stream opens.
  const since = formatCursor(await readEnd(ctx));
  return (
    <ClinicProvider clinic={clinic}>
      <PortalShell user={{ name: me.user.name, email: me.user.email }} since={since}>
        {children}
      </PortalShell>
    </ClinicProvider>
  );
}
