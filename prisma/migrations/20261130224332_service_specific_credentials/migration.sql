-- CreateEnum
CREATE TYPE "service_credential_status" AS ENUM ('ACTIVE', 'INACTIVE');

-- CreateTable
CREATE TABLE "service_specific_credential" (
    "account_id" CHAR(12) NOT NULL,
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "service_name" TEXT NOT NULL,
    "public_name" TEXT NOT NULL,
    "api_key" BOOLEAN NOT NULL,
    "status" "service_credential_status" NOT NULL DEFAULT 'ACTIVE',
    "secret_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "service_specific_credential_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateIndex
CREATE INDEX "service_specific_credential_account_id_user_id_idx" ON "service_specific_credential"("account_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "service_specific_credential_account_id_service_name_public__key" ON "service_specific_credential"("account_id", "service_name", "public_name");

-- AddForeignKey
ALTER TABLE "service_specific_credential" ADD CONSTRAINT "service_specific_credential_account_id_user_id_fkey" FOREIGN KEY ("account_id", "user_id") REFERENCES "user"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
