-- AlterTable
ALTER TABLE "signing_key" ADD COLUMN     "signs_from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- Those that are there: which of two signs follows from the end of the other.
UPDATE "signing_key" SET "signs_from" = "created_at";
