-- Operators for patterns, because a prefix is no range in the order of every language.
CREATE INDEX "user_account_id_path_idx" ON "user"("account_id", "path" text_pattern_ops);
