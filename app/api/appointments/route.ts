export { GET, POST } from "@/app/api/clinic/[slug]/appointments/route";
