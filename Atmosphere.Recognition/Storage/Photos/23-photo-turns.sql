-- How a photo whose camera did not record it must be turned to stand upright. Boxes, landmarks and sizes are those of the turned photo.
ALTER TABLE photos ADD COLUMN turn BIGINT NOT NULL DEFAULT 0;  -- quarters of a circle, clockwise
