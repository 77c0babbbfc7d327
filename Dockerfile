# One image for every Huji process: Debian 12 and the hashed locks. The build stage has npm and pip; what runs has neither's cache.
FROM debian:12.12-slim AS build
WORKDIR /app
COPY . .
RUN deploy/setup demo && rm -rf node_modules

FROM debian:12.12-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        ca-certificates fonts-noto-cjk python3 tesseract-ocr tesseract-ocr-chi-tra tesseract-ocr-chi-tra-vert tesseract-ocr-jpn-vert \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin huji
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER huji
CMD ["huji", "--help"]
