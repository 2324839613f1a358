"""Whatever is asked, in whatever bytes: an answer in time, never a fault of ours, never memory that grows."""
