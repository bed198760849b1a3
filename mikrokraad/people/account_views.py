"""allauth's views where ours differ: a new second factor counts at once as used,
passkeys are always passkeys, and signing in with one leaves a waiting code aside."""

from typing import Any

from allauth.account.internal.stagekit import clear_login
from allauth.account.views import account_inactive, logout
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from mikrokraad.people.codes import count_as_strong

__all__ = [
    "account_inactive",
    "activate_totp",
    "add_passkey",
    "logout",
    "passkey_sign_in",
]


class ActivateTotp(ActivateTOTPView):  # type: ignore[misc]
    def form_valid(self, form: Form) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        count_as_strong(self.request, self.request.user, "totp")
        return answer


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        context: dict[str, Any] = super().get_context_data(**kwargs)
        options = auth.begin_registration(self.request.user, True)  # noqa: FBT003
        return {**context, "js_data": {"creation_options": options}}

    def form_valid(self, form: Form) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        count_as_strong(self.request, self.request.user, "webauthn")
        return answer


class PasskeySignIn(LoginWebAuthnView):  # type: ignore[misc]
    def dispatch(self, request: HttpRequest) -> HttpResponseBase:
        if not request.user.is_authenticated:
            clear_login(request)
        answer: HttpResponseBase = super().dispatch(request)
        return answer


activate_totp = ActivateTotp.as_view()
add_passkey = AddPasskey.as_view()
passkey_sign_in = PasskeySignIn.as_view()
