-- CreateTable
CREATE TABLE "service_linked_role_deletion" (
    "account_id" CHAR(12) NOT NULL,
    "id" TEXT NOT NULL,
    "role_name" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "submitted_at" TIMESTAMPTZ(3) NOT NULL,
    "used_by" TEXT[],

    CONSTRAINT "service_linked_role_deletion_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateIndex
CREATE INDEX "service_linked_role_deletion_account_id_submitted_at_idx" ON "service_linked_role_deletion"("account_id", "submitted_at");

-- AddForeignKey
ALTER TABLE "service_linked_role_deletion" ADD CONSTRAINT "service_linked_role_deletion_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
