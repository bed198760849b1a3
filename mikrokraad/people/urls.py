"""Pages of people, in each language."""

from django.urls import path

from mikrokraad.people import views

app_name = "people"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/code/", views.enter_code, name="enter_code"),
    path("sign-in/second-factor/", views.second_factor, name="second_factor"),
    path("my/account/", views.my_account, name="my_account"),
    path("my/account/code/", views.set_personal_code, name="set_personal_code"),
    path("my/account/data/", views.my_data, name="my_data"),
    path(
        "my/account/consents/<slug:purpose>/give/",
        views.give_consent,
        name="give_consent",
    ),
    path(
        "my/account/consents/<slug:purpose>/withdraw/",
        views.withdraw_consent,
        name="withdraw_consent",
    ),
]
