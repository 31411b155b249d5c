-- AlterTable
ALTER TABLE "policy" ADD COLUMN     "built_in" BOOLEAN NOT NULL DEFAULT false;

-- By hand: what the key of a built-in policy ends in.
ALTER TABLE "policy" DROP CONSTRAINT "policy_name_key_check";
ALTER TABLE "policy" ADD CONSTRAINT "policy_name_key_check"
    CHECK ("name_key" = lower("name" COLLATE "C") || CASE WHEN "built_in" THEN ':aws' ELSE '' END);
