-- As in the initial migration: COLLATE "C" and CHECK constraints are added by hand.

-- CreateTable
CREATE TABLE "instance_profile" (
    "account_id" CHAR(12) NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT COLLATE "C" NOT NULL,
    "path" TEXT NOT NULL DEFAULT '/',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "role_id" TEXT,

    CONSTRAINT "instance_profile_pkey" PRIMARY KEY ("account_id","id"),
    CONSTRAINT "instance_profile_name_key_check" CHECK ("name_key" = lower("name" COLLATE "C"))
);

-- CreateTable
CREATE TABLE "instance_profile_tag" (
    "account_id" CHAR(12) NOT NULL,
    "profile_id" TEXT NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "instance_profile_tag_pkey" PRIMARY KEY ("account_id","profile_id","key")
);

-- CreateIndex
CREATE INDEX "instance_profile_account_id_role_id_idx" ON "instance_profile"("account_id", "role_id");

-- CreateIndex
CREATE UNIQUE INDEX "instance_profile_account_id_name_key_key" ON "instance_profile"("account_id", "name_key");

-- AddForeignKey
ALTER TABLE "instance_profile" ADD CONSTRAINT "instance_profile_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "instance_profile" ADD CONSTRAINT "instance_profile_account_id_role_id_fkey" FOREIGN KEY ("account_id", "role_id") REFERENCES "role"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "instance_profile_tag" ADD CONSTRAINT "instance_profile_tag_account_id_profile_id_fkey" FOREIGN KEY ("account_id", "profile_id") REFERENCES "instance_profile"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
