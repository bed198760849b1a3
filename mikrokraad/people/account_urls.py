"""Of allauth's own addresses those that we use; the rest of it does not exist here.

People sign in without passwords and have one address, so pages for those are left out.
Names are allauth's, because it looks them up.
"""

from django.urls import include, path
from django.views.generic import RedirectView

from mikrokraad.people import account_views

_sign_in = RedirectView.as_view(pattern_name="people:sign_in", query_string=True)
_enter_code = RedirectView.as_view(pattern_name="people:enter_code", query_string=True)

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="people:my_account")),
    path("login/", _sign_in, name="account_login"),
    path("login/code/", _sign_in, name="account_request_login_code"),
    path("login/code/confirm/", _enter_code, name="account_confirm_login_code"),
    path("logout/", account_views.logout, name="account_logout"),
    path("inactive/", account_views.account_inactive, name="account_inactive"),
    path(
        "reauthenticate/",
        RedirectView.as_view(pattern_name="mfa_reauthenticate", query_string=True),
        name="account_reauthenticate",
    ),
    path("2fa/totp/activate/", account_views.activate_totp, name="mfa_activate_totp"),
    path("2fa/webauthn/add/", account_views.add_passkey, name="mfa_add_webauthn"),
    path(
        "2fa/webauthn/login/", account_views.passkey_sign_in, name="mfa_login_webauthn"
    ),
    path("2fa/", include("allauth.mfa.urls")),
]
