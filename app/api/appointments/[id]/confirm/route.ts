export { POST, PATCH } from "@/app/api/clinic/[slug]/appointments/[id]/confirm/route";
