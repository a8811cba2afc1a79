-- How many erasures have deleted names: a text that was composed at another number may name somebody who was erased since.
CREATE TABLE erasure_mark (number BIGINT NOT NULL);
INSERT INTO erasure_mark (number) VALUES (0);
