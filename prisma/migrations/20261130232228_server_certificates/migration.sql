-- As in the initial migration: COLLATE "C" and CHECK constraints are added by hand.
-- CreateTable
CREATE TABLE "server_certificate" (
    "account_id" CHAR(12) NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT COLLATE "C" NOT NULL,
    "path" TEXT NOT NULL DEFAULT '/',
    "certificate_body" TEXT NOT NULL,
    "certificate_chain" TEXT,
    "private_key" BYTEA NOT NULL,
    "sealed_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "server_certificate_pkey" PRIMARY KEY ("account_id","id"),
    CONSTRAINT "server_certificate_name_key_check" CHECK ("name_key" = lower("name" COLLATE "C"))
);

-- CreateTable
CREATE TABLE "server_certificate_tag" (
    "account_id" CHAR(12) NOT NULL,
    "certificate_id" TEXT NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "server_certificate_tag_pkey" PRIMARY KEY ("account_id","certificate_id","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "server_certificate_account_id_name_key_key" ON "server_certificate"("account_id", "name_key");

-- AddForeignKey
ALTER TABLE "server_certificate" ADD CONSTRAINT "server_certificate_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "server_certificate_tag" ADD CONSTRAINT "server_certificate_tag_account_id_certificate_id_fkey" FOREIGN KEY ("account_id", "certificate_id") REFERENCES "server_certificate"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
