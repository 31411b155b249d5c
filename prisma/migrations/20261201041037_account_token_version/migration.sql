-- AlterTable
ALTER TABLE "account" ADD COLUMN     "token_version" INTEGER NOT NULL DEFAULT 1,
    ADD CONSTRAINT "account_token_version_check" CHECK ("token_version" IN (1, 2));
