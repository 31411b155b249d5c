-- AlterEnum
ALTER TYPE "session_kind" ADD VALUE 'ACCESS_KEY_SIGN_IN';

-- AlterTable
ALTER TABLE "session" ADD COLUMN     "access_key_id" TEXT;

-- CreateIndex
CREATE INDEX "session_account_id_access_key_id_idx" ON "session"("account_id", "access_key_id");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_account_id_access_key_id_fkey" FOREIGN KEY ("account_id", "access_key_id") REFERENCES "access_key"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A session says which key it began with exactly when it began with one.
ALTER TABLE "session" ADD CONSTRAINT "session_access_key" CHECK ((kind IN ('PASSWORD', 'SESSION')) = (access_key_id IS NULL));
