import { chooseClinic } from "@/lib/http/choose-clinic";
import { route } from "@/lib/http/route";
import { ChooseClinic } from "@/lib/identity/schema";

export const POST = route.user({ body: ChooseClinic, handler: ({ ctx, body }) => chooseClinic(ctx, body.slug) });
