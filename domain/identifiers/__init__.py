"""戶號, 國民身分證統一編號, volume and page designations, 文號."""
