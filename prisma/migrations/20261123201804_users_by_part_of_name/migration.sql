-- Trigrams find a part of a name without reading all names. The extension is trusted: the owner of the database may create it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Without a list of pending entries, which every search would have to read until the next vacuum: names seldom change.
CREATE INDEX "user_name_key_idx" ON "user" USING GIN ("name_key" gin_trgm_ops) WITH (fastupdate = off);
