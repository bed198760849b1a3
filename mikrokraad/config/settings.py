"""Settings, in four parts: running it, what it is made of, outside services, house policy.

Every value that differs between installations is read from the environment; each is
explained in docs/settings.md (a test keeps that page complete).
"""

from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from holidays.registry import EntityLoader

from mikrokraad.config import env
from mikrokraad.config.databases import database

ROOT = Path(__file__).resolve().parent.parent

# Running it -------------------------------------------------------------------

DEMO = env.flag("DEMO", default=False)
DEBUG = env.flag("DEBUG", default=False)
SECRET_KEY = env.text("SECRET_KEY", "only-for-the-demonstration" if DEMO else None)
if len(SECRET_KEY) < 24:
    raise ImproperlyConfigured("SECRET_KEY must be at least 24 characters long.")

HOST = env.text("HOST", "127.0.0.1")
PORT = env.number("PORT", 8000, least=1, most=65_535)
PUBLIC_URL = env.text("PUBLIC_URL", f"http://localhost:{PORT}" if DEMO else None)
PUBLIC_URL = PUBLIC_URL.rstrip("/")
_public = env.address("PUBLIC_URL", PUBLIC_URL)
if _public.scheme == "http" and not DEMO:
    raise ImproperlyConfigured(
        "PUBLIC_URL must begin with https:// outside the demonstration."
    )

ALLOWED_HOSTS = [
    _public.hostname,
    *env.text("ALLOWED_HOSTS", "localhost,127.0.0.1").split(","),
]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
VAR_DIR = Path(env.text("VAR_DIR", str(ROOT.parent / "var")))
MEDIA_ROOT = VAR_DIR / "media"
WEB_THREADS = env.number("WEB_THREADS", 4, least=1, most=64)
DATABASES = {
    "default": database(
        env.text("DATABASE_URL", ""),
        VAR_DIR,
        threads=WEB_THREADS,
    )
}

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _public.scheme == "https"
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if _public.scheme == "https" else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
_behind_proxy = env.flag("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _behind_proxy else None
# Whose tries are counted: without this, everybody behind the proxy would be one.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _behind_proxy else 0

# What it is made of -----------------------------------------------------------

INSTALLED_APPS = [
    "mikrokraad.config",
    *(["mikrokraad.demo"] if DEMO else []),
    "mikrokraad.integrations",
    "mikrokraad.office",
    "mikrokraad.api",
    "mikrokraad.pages",
    "mikrokraad.pathways",
    "mikrokraad.credentials",
    "mikrokraad.studies",
    "mikrokraad.admissions",
    "mikrokraad.seats",
    "mikrokraad.fees",
    "mikrokraad.catalogue",
    "mikrokraad.people",
    "mikrokraad.core",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
]

MIDDLEWARE = [
    "mikrokraad.core.logs.RequestId",
    "mikrokraad.pages.keeping.KeepPages",
    "mikrokraad.core.addresses.WithoutNul",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mikrokraad.config.compression.CompressTexts",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mikrokraad.people.middleware.SecondFactorForStaff",
    "mikrokraad.people.middleware.BackToTheForm",
]

ROOT_URLCONF = "mikrokraad.config.urls"
WSGI_APPLICATION = "mikrokraad.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mikrokraad.config.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "mikrokraad.core.templatetags.ui"],
        },
    }
]

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "pages:my_page"
ACCOUNT_ADAPTER = "mikrokraad.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_USER_DISPLAY = "mikrokraad.people.adapter.shown_name"
MFA_ADAPTER = "mikrokraad.people.adapter.SecondFactorAdapter"
MFA_FORMS = {
    name: f"mikrokraad.people.second_factor_forms.{form}"
    for name, form in {
        "authenticate": "UseSecondFactor",
        "reauthenticate": "UseSecondFactorAgain",
        "activate_totp": "NewApp",
        "add_webauthn": "NewPasskey",
        "edit_webauthn": "RenamedPasskey",
        "login_webauthn": "PasskeySignIn",
        "authenticate_webauthn": "UsePasskey",
        "reauthenticate_webauthn": "UsePasskeyAgain",
    }.items()
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
MFA_TOTP_ISSUER = "Mikrokraad"

LANGUAGE_CODE = "et"
LANGUAGES = [("et", _("Estonian")), ("en", _("English"))]
USE_I18N = USE_TZ = True
TIME_ZONE = env.choice(
    "INSTITUTION_TIME_ZONE", "Europe/Tallinn", among=available_timezones()
)

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

_provider = "{0.scheme}://{0.netloc}".format(
    urlsplit(env.text("PAYMENT_PAGE_URL", ""))
).strip(":/")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        # A form may lead on to the payment provider's own page.
        "form-action": [SELF, *([_provider] if _provider else [])],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
# An e-mail is unique in any case of letters, by a constraint Django does not recognise.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]

# In the database, so that tries at signing in are counted over all web processes. Rows
# go when they expire (core/clocks.py), never because others came.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cachedvalue",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}

LOGGING_CONFIG = "mikrokraad.core.logs.configure"
LOGGING = {
    "level": env.choice(
        "LOG_LEVEL", "INFO", among={"DEBUG", "INFO", "WARNING", "ERROR"}
    )
}

# Outside services -------------------------------------------------------------

EMAIL_BACKEND = (
    "mikrokraad.demo.mailbox.MailboxBackend"
    if DEMO
    else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25, least=1, most=65_535)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 20  # seconds; a silent mail server must not hold up the other letters
SIGN_IN_EMAIL_TIMEOUT = 4  # seconds; somebody waits, and the worker tries on
DEFAULT_FROM_EMAIL = env.text("FROM_EMAIL", "mikrokraad@example.org" if DEMO else None)
OUTBOX_ATTEMPTS = env.number("OUTBOX_ATTEMPTS", 8, least=1, most=20)

PAYMENT_GATEWAY = env.text(
    "PAYMENT_GATEWAY",
    "mikrokraad.integrations.hosted_checkout.gateway.HostedCheckout" if DEMO else "",
)
PAYMENT_PROVIDER_URL = env.text(
    "PAYMENT_PROVIDER_URL", f"{PUBLIC_URL}/demo/card" if DEMO else ""
)
PAYMENT_PROVIDER_KEY = env.text(
    "PAYMENT_PROVIDER_KEY", "demonstration-shop" if DEMO else ""
)
PAYMENT_PROVIDER_SECRET = env.text(
    "PAYMENT_PROVIDER_SECRET",
    "demonstration-secret-of-the-card-simulator" if DEMO else "",
)

STUDY_SYSTEM_TOKEN = env.text(
    "STUDY_SYSTEM_TOKEN",
    "demonstration-token-of-the-study-system" if DEMO else "",
)
if 0 < len(STUDY_SYSTEM_TOKEN) < env.SHORTEST_TOKEN:
    raise ImproperlyConfigured(
        f"STUDY_SYSTEM_TOKEN must have at least {env.SHORTEST_TOKEN} characters."
    )

# House policy: how this university runs micro-credentials ---------------------

THEME = env.text("THEME", "mikrokraad")
INSTITUTION_COUNTRY = env.choice(
    "INSTITUTION_COUNTRY", "EE", among=EntityLoader.get_country_codes()
)
OFFER_OPEN_DAYS = env.number("OFFER_OPEN_DAYS", 7, least=1, most=90)
WAITING_LIST_OFFER_DAYS = env.number("WAITING_LIST_OFFER_DAYS", 3, least=1, most=30)
WAITING_GROUP_MAX = env.number("WAITING_GROUP_MAX", 4, least=2, most=20)
INVOICE_DUE_DAYS = env.number("INVOICE_DUE_DAYS", 14, least=1, most=90)
DECISION_WORKING_DAYS = env.number("DECISION_WORKING_DAYS", 10, least=1, most=60)
EVIDENCE_MAX_BYTES = (
    env.number("EVIDENCE_MAX_MEGABYTES", 10, least=1, most=100) * 1_048_576
)
EVIDENCE_MAX_FILES = env.number("EVIDENCE_MAX_FILES", 10, least=1, most=100)
API_REQUESTS_A_MINUTE = env.number("API_REQUESTS_A_MINUTE", 60, least=1, most=10_000)
DRAFTS_KEPT_DAYS = env.number("DRAFTS_KEPT_DAYS", 183, least=30, most=3650)
LETTERS_KEPT_DAYS = env.number("LETTERS_KEPT_DAYS", 365, least=30, most=3650)
SAVED_SEARCH_DAYS = env.number("SAVED_SEARCH_DAYS", 365, least=30, most=3650)
OFFERS_LAPSE = env.flag("OFFERS_LAPSE", default=True)
SEAT_HOLDS_EXPIRE = env.flag("SEAT_HOLDS_EXPIRE", default=True)
