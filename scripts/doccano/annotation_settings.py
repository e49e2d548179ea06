"""Django settings of the annotation server: doccano's own, with what is unsafe in them changed.

Read by doccano in its own environment; ``serve.py`` sets the folder, the key and the hosts.
"""

from __future__ import annotations

import os
from pathlib import Path

from config.settings import production

globals().update({name: getattr(production, name) for name in dir(production) if name.isupper()})

FOLDER = Path(os.environ["ANNOTATION_FOLDER"])

# doccano has a published key, debug on and any host
SECRET_KEY = os.environ["SECRET_KEY"]
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
CORS_ORIGIN_ALLOW_ALL = False
SESSION_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SAMESITE = "Strict"

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(FOLDER / "db.sqlite3"),
        "OPTIONS": {"timeout": 20},
        # An import writes documents, spans and relations one after the other: a server that dies in between must leave none.
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": None,
    }
}
MEDIA_ROOT = str(FOLDER / "media")
DJANGO_DRF_FILEPOND_FILE_STORE_PATH = MEDIA_ROOT
DJANGO_DRF_FILEPOND_UPLOAD_TMP = str(FOLDER / "uploads")
DJANGO_DRF_FILEPOND_ALLOW_EXTERNAL_UPLOAD_DIR = True

# Imports run within the request that asks for them: one process, no queue. A failed import raises, so that its transaction is
# rolled back; doccano would try three times more and leave a copy of every document each time.
CELERY_BROKER_URL = "memory://"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
CELERY_TASK_STORE_EAGER_RESULT = True
CELERY_TASK_ANNOTATIONS = {"*": {"max_retries": 0}}
