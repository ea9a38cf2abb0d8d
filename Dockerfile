# The portal's image: web server, worker and timetable run from it (docker-compose.yml).
FROM python:3.11-slim-bookworm

# What reports are printed with: pango, fontconfig, and Liberation Serif 2 (version 1 lacks Vietnamese).
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        fontconfig fonts-liberation2 libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/*

RUN useradd --system --uid 10001 --create-home portal
WORKDIR /srv/portal

COPY requirements/run.txt requirements/
RUN pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements/run.txt

COPY manage.py ./
COPY config config
COPY unions unions
COPY actionplan actionplan
COPY indicators indicators
COPY reports reports
COPY templates templates
COPY static static

ENV DJANGO_SETTINGS_MODULE=config.settings.production \
    PORTAL_VAR=/var/lib/portal \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PYTHONUTF8=1

# Collecting needs settings but no secret: these values stay in this step.
RUN pybabel compile -d config/locale -D "django djangojs" \
    && mkdir -p /var/lib/portal/media \
    && SECRET_KEY=build PUBLIC_URL=https://build.invalid DATABASE_URL=sqlite:// \
       CELERY_BROKER_URL=redis://build.invalid DEFAULT_FROM_EMAIL=build@build.invalid \
       python manage.py collectstatic --no-input \
    && chown -R portal:portal /var/lib/portal

USER portal
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind=0.0.0.0:8000"]
