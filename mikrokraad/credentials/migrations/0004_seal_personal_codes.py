"""Take the personal code out of the frozen facts, seal it beside them, and freeze both.

The facts tell the hash of the seal instead. The triggers step aside while it happens, all in
the migration's one transaction. Safe twice: whoever has no code in clear is left alone.
"""

import json
import os
from hashlib import sha256

import rfc8785
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import migrations

OLD = "number, year, sequence, kind, facts, facts_sha256, language, issued_at, completion_id"
NEW = f"{OLD}, sealed_code"
NONCE_BYTES = 12


def cipher():
    """As people/personal_codes.py seals, purpose "sealing", on the day of this migration."""
    info = b"mikrokraad personal codes, sealing"
    key = HKDF(SHA256(), 32, salt=None, info=info).derive(settings.SECRET_KEY.encode())
    return AESGCM(key)


def sealed(code):
    nonce = os.urandom(NONCE_BYTES)
    return nonce + cipher().encrypt(nonce, code.encode(), None)


def opened(kept):
    return cipher().decrypt(kept[:NONCE_BYTES], kept[NONCE_BYTES:], None).decode()


def seal(apps, _editor):
    for credential in apps.get_model("credentials", "Credential").objects.iterator():
        facts = json.loads(credential.facts)
        if "personal_code" not in facts["learner"]:
            continue
        code = facts["learner"].pop("personal_code")
        kept = sealed(code) if code else None
        told = sha256(kept).hexdigest() if kept else None
        facts["learner"]["sealed_code_sha256"] = told
        keep(credential, facts, kept)


def unseal(apps, _editor):
    for credential in apps.get_model("credentials", "Credential").objects.iterator():
        facts = json.loads(credential.facts)
        if "sealed_code_sha256" not in facts["learner"]:
            continue
        del facts["learner"]["sealed_code_sha256"]
        kept = credential.sealed_code
        facts["learner"]["personal_code"] = opened(bytes(kept)) if kept else None
        keep(credential, facts, None)


def keep(credential, facts, kept):
    raw = rfc8785.dumps(facts)
    credential.facts = raw.decode()
    credential.facts_sha256 = sha256(raw).hexdigest()
    credential.sealed_code = kept
    credential.save(update_fields=["facts", "facts_sha256", "sealed_code"])


def thaw(_apps, editor):
    on_table = (
        " ON credentials_credential" if editor.connection.vendor == "postgresql" else ""
    )
    editor.execute(f"DROP TRIGGER IF EXISTS credentials_credential_frozen{on_table}")


def freeze(columns):
    def create(_apps, editor):
        if editor.connection.vendor == "postgresql":
            editor.execute(
                f"CREATE TRIGGER credentials_credential_frozen BEFORE UPDATE OF {columns} "
                "OR DELETE ON credentials_credential "
                "FOR EACH ROW EXECUTE FUNCTION mikrokraad_frozen_facts()"
            )
            return
        editor.execute(
            f"CREATE TRIGGER credentials_credential_frozen BEFORE UPDATE OF {columns} "
            "ON credentials_credential "
            "BEGIN SELECT RAISE(ABORT, 'the facts of a credential never change'); END"
        )

    return create


class Migration(migrations.Migration):
    dependencies = [("credentials", "0003_sealed_code")]

    operations = [
        migrations.RunPython(thaw, freeze(OLD)),
        migrations.RunPython(seal, unseal),
        migrations.RunPython(freeze(NEW), thaw),
    ]
