"""Words of the component page, in both languages, nobody real."""

from django.utils.translation import get_language


def say(et: str, en: str) -> str:
    """Samples are not interface wording, so they stay out of the catalogues."""
    return et if (get_language() or "et").startswith("et") else en


def words() -> dict[str, str]:
    pairs = {
        "data_science": ("Andmeteadus", "Data Science"),
        "apply": ("Kandideeri 21. jaanuarini", "Apply until 21 January"),
        "figure_note": (
            "kahes osas, käibemaksuta; maksta võib ka tööandja",
            "in two instalments, no VAT; your employer can pay",
        ),
        "contact_note": (
            "Programmijuht. Vastab tavaliselt tööpäeva jooksul.",
            "Programme manager. Answers usually within a working day.",
        ),
        "write": ("Kirjuta Mari Tammele", "Write to Mari Tamm"),
        "outcomes": ("Mida sa pärast oskad", "What you will be able to do"),
        "courses": ("Neli ainet, 24 EAP", "Four courses, 24 ECTS"),
        "semester": ("Sinu semester", "Your semester"),
        "semester_text": (
            "Neljapäevast laupäevani üle nädala, Tartus või veebis; juunis kaks eksamit. Koos iseseisva tööga umbes 17 tundi nädalas.",
            "Thursday to Saturday every second week, in Tartu or online; two exams in June. About 17 hours a week with your own work.",
        ),
        "conditions": ("Kas ma saan sisse?", "Can I get in?"),
        "notice": (
            "Vastus tuleb hiljemalt 30. novembril.",
            "You will hear from us by 30 November at the latest.",
        ),
        "notice_title": ("Avaldus on kohal", "We have your application"),
        "success": (
            "Makse 1200 € on kohal. Koht on sinu.",
            "Your payment of €1,200 has arrived. The place is yours.",
        ),
        "warning": (
            "Pakkumine kehtib veel kaks päeva, 1. detsembrini.",
            "The offer stands for two more days, until 1 December.",
        ),
        "problem": (
            "Viimane koht läks just ära. Kui mõni vabaneb, pakume selle ootenimekirjas järgmisele.",
            "The last place has just been taken. If one becomes free, the next person on the waiting list is offered it.",
        ),
        "refusal": (
            "Pakkumine lõppes 1. detsembril. Kui tahad siiski õppida, kirjuta programmi kontaktisikule.",
            "Your offer ended on 1 December. Write to the programme’s contact person if you still want to study.",
        ),
        "turn": ("Sinu käik: võta koht vastu", "Your move: take the place"),
        "by": (
            "1. detsembrini. Pärast seda pakume koha järgmisele.",
            "Until 1 December. After that the place is offered on.",
        ),
        "over": ("Koht pakuti edasi", "The place was offered on"),
        "empty": ("Avaldusi veel ei ole", "No applications yet"),
        "empty_text": (
            "Vastuvõtt avaneb 1. detsembril. Esimene avaldus ilmub siia kohe.",
            "Applications open on 1 December. The first one appears here at once.",
        ),
        "withdraw": ("Loobu kohast", "Give up the place"),
        "withdraw_text": (
            "Koht läheb ootenimekirjas järgmisele ja seda ei saa tagasi võtta. Alguseni on üle 30 päeva, seega saad tagasi 90% makstust.",
            "The place goes to the next person on the waiting list and cannot be taken back. There are more than 30 days to the start, so 90% of what you paid is returned.",
        ),
        "question": ("Kas tööandja võib maksta?", "Can my employer pay?"),
        "answer": (
            "Jah. Vali avalduses maksjaks tööandja ja kirjuta tema registrikood; arve läheb otse talle.",
            "Yes. Choose your employer as the payer and give their registry code; the invoice goes straight to them.",
        ),
        "table": ("Avaldused, mis ootavad", "Applications that wait"),
        "search": ("Mida tahad õppida?", "What would you like to learn?"),
        "search_value": ("andmeteadus õhtuti", "data science in the evening"),
        "long": (
            "Programmi pealkiri, mis on nii pikk, et peab ka telefonis kenasti mitmele reale murduma",
            "A programme title so long that it has to break well over several lines on a phone",
        ),
    }
    return {name: say(*pair) for name, pair in pairs.items()}
