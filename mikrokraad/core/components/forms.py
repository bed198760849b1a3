"""A form with every kind of field."""

from django import forms

EDUCATION = [
    ("", "—"),
    ("secondary", "Keskharidus · upper secondary"),
    ("bachelor", "Bakalaureus · bachelor"),
    ("master", "Magister · master"),
]
MODES = [
    ("block", "Sessioonõpe · block mode"),
    ("online", "Veebis · online"),
    ("blended", "Põimõpe · blended"),
]


class Sample(forms.Form):
    email = forms.EmailField(
        label="E-post · e-mail",
        help_text="Saadame siia koodi, millega sisse saad. We send the sign-in code here.",
    )
    phone = forms.CharField(label="Telefon · telephone", required=False)
    education = forms.ChoiceField(label="Haridus · education", choices=EDUCATION)
    born = forms.DateField(
        label="Sünnikuupäev · date of birth",
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    why = forms.CharField(
        label="Miks see programm? · Why this programme?",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Paar lauset. A few sentences.",
    )
    mode = forms.ChoiceField(
        label="Kuidas tahad õppida? · How will you study?",
        choices=MODES,
        widget=forms.RadioSelect,
    )
    days = forms.MultipleChoiceField(
        label="Millal saad tulla? · When can you come?",
        choices=[
            ("thu", "neljapäeval · Thursday"),
            ("fri", "reedel · Friday"),
            ("sat", "laupäeval · Saturday"),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    diploma = forms.FileField(
        label="Diplom · diploma",
        help_text="PDF või pilt, kuni 10 MB. PDF or picture, up to 10 MB.",
        required=False,
    )
    agree = forms.BooleanField(
        label="Andmed on õiged · What I wrote is true",
        help_text="Ülikool võib neid kontrollida. The university may check.",
    )
