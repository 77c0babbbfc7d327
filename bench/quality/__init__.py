"""The quality checks on sound pages and on pages with a planted defect."""
