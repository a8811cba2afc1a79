-- What was answered to the question for consent, as it was typed or tapped. It consists of the known words for yes, so it names nobody.
ALTER TABLE consents ADD COLUMN said TEXT;       -- null: given before answers were kept
ALTER TABLE consent_ledger ADD COLUMN said TEXT; -- the same
