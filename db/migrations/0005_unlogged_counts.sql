-- Counts of requests need not survive a crash, and must not cost every request a flush to disk.
ALTER TABLE rate_limits SET UNLOGGED;
