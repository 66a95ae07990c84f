# The site, the schedule and the postman in one process; the volume /data holds
# briefing.toml, the store, its keys and the editions. See docs/delivery.md.

FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY briefing briefing
COPY prompts prompts
COPY templates templates
RUN python -m venv /opt/briefing \
 && /opt/briefing/bin/pip install --no-cache-dir --constraint constraints.txt ".[charts,pdf]"

FROM python:3.13-slim
RUN useradd --uid 10001 --create-home --home-dir /data briefing
COPY --from=build /opt/briefing /opt/briefing
ENV PATH=/opt/briefing/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1
USER briefing
WORKDIR /data
VOLUME ["/data"]
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["python", "-c", "import urllib.request as ask; ask.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["briefing"]
CMD ["serve", "--host", "0.0.0.0", "--with-schedule"]
