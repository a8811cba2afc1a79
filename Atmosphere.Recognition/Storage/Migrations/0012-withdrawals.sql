-- When Slack was last asked to delete the picture and did not, in milliseconds since 1970-01-01 UTC; who was asked longest ago is asked first.
ALTER TABLE slack_posts ADD COLUMN withdraw_asked_at BIGINT;
