-- CreateEnum
CREATE TYPE "credential_status" AS ENUM ('ACTIVE', 'INACTIVE');

-- CreateTable
CREATE TABLE "ssh_public_key" (
    "account_id" CHAR(12) NOT NULL,
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "status" "credential_status" NOT NULL DEFAULT 'ACTIVE',
    "body" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "uploaded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ssh_public_key_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ssh_public_key_account_id_user_id_digest_key" ON "ssh_public_key"("account_id", "user_id", "digest");

-- AddForeignKey
ALTER TABLE "ssh_public_key" ADD CONSTRAINT "ssh_public_key_account_id_user_id_fkey" FOREIGN KEY ("account_id", "user_id") REFERENCES "user"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
