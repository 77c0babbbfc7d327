"""Object storage: the ObjectStore and PartUploads ports with their file and S3 implementations."""
