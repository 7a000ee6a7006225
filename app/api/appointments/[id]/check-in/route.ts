export { POST, PATCH } from "@/app/api/clinic/[slug]/appointments/[id]/check-in/route";
