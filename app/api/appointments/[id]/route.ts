export { GET, PATCH, DELETE } from "@/app/api/clinic/[slug]/appointments/[id]/route";
