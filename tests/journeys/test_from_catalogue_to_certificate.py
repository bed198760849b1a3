"""The main job: somebody finds a programme, studies it, and a stranger verifies it.

One story, told in Estonian with a bank transfer and in English with a card. What the
learner says about herself is typed once; every later page and document has it.
"""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import University, Visitor, Visitors

SLUG = "foundations-of-information-technology"
LEARNER = {"given_name": "Maret", "family_name": "Õunapuu", "birth_date": "1988-05-14"}
EMAIL = "maret.ounapuu@example.org"
NAME = f"{LEARNER['given_name']} {LEARNER['family_name']}"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
MOST_SECTIONS = 12
ELSEWHERE = (
    "This page was changed in another window since you opened it here, so "
    "nothing is written over. This page shows what is saved and what you have "
    "here: make it right and save again."
)
COURSES = 4  # three required ones and the one she chooses


@pytest.mark.parametrize(("language", "pays"), [("et", "transfer"), ("en", "card")])
def test_from_catalogue_to_certificate(
    browser: Browser,
    own_university: University,
    tmp_path: Path,
    language: str,
    pays: str,
) -> None:
    visitors = Visitors(browser, own_university, "from-catalogue-to-certificate")
    learner = visitors.come(language, width=390)
    staff = visitors.come(language)

    finds_the_programme(learner)
    signs_in_with_a_code(learner)
    answers_what_is_asked(learner, tmp_path)
    is_decided_on(staff)
    accepts_the_place(learner)
    if pays == "card":
        pays_by_card(learner)
    else:
        pays_by_transfer(learner, staff, tmp_path)
    sees_her_studies(learner)
    is_graded(staff)
    is_certified(staff)
    number, badge, link = has_a_certificate(learner, tmp_path)
    anybody_verifies(visitors.come(language), number, badge, link)
    sees_where_it_counts(learner)
    is_revoked_by_two(staff, visitors.come(language), number, badge)

    assert "BROKEN" not in own_university.command("check_invariants")
    assert visitors.complaints == []
    for context in browser.contexts:
        context.close()


def finds_the_programme(learner: Visitor) -> None:
    learner.go("")
    learner.picture("home")
    learner.go("programmes/?q=infotehnoloogia&open=yes")
    learner.picture("programmes")
    title = {
        "et": "Infotehnoloogia alused",
        "en": "Foundations of Information Technology",
    }[learner.language]
    learner.go(f"programmes/{SLUG}/")
    learner.sees(title)
    learner.picture("programme")


def signs_in_with_a_code(learner: Visitor) -> None:
    page = learner.page
    page.locator("a[href*='/apply/']").first.click()
    learner.picture("before-applying")
    learner.follow("Sign in and start")
    page.locator("main input[type=email]").fill(EMAIL)
    learner.submit(page.locator("main form button[type=submit]").first)
    learner.picture("code")
    code = code_from_the_mailbox(learner)
    page.locator("main input[name=code]").fill(code)
    learner.submit(page.locator("main form button[type=submit]").first)
    learner.press("Start the application")


def code_from_the_mailbox(visitor: Visitor) -> str:
    letter = newest_letter(visitor, EMAIL)
    found = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", letter)
    assert found, letter
    return found[0]


def newest_letter(visitor: Visitor, to: str, about: str = "") -> str:
    """The text of the newest letter to somebody, once the worker has sent it."""
    page = visitor.page.context.new_page()
    inbox = f"{visitor.university.url}/{visitor.language}/demo/mailbox/?q={to}"
    page.goto(inbox)
    for _n in range(40):
        first = page.locator("main .ruled-list a").first
        if first.count() and about in (first.text_content() or ""):
            break
        page.wait_for_timeout(250)
        page.goto(inbox)
    page.locator("main .ruled-list a").first.click()
    text = page.locator("main").inner_text()
    page.close()
    return text


def answers_what_is_asked(learner: Visitor, folder: Path) -> None:
    page = learner.page
    save = learner.words("Save and continue")
    for count in range(MOST_SECTIONS):
        if not page.get_by_role("button", name=save, exact=True).count():
            break
        fill_in(page, folder)
        expect(page.locator("main")).not_to_contain_text(learner.words(ELSEWHERE))
        learner.picture(f"section-{count + 1}")
        learner.press("Save and continue")
        if count == 0:
            come_back_later(learner)
    learner.picture("read-through")
    learner.sees(NAME)
    learner.press("Send the application")
    learner.sees(learner.words("Your application has arrived"))
    learner.picture("sent")


def come_back_later(learner: Visitor) -> None:
    """Stop after the first part; my page leads back to where one was."""
    learner.go("my/")
    learner.picture("my-page")
    learner.page.locator("main a[href*='/applications/']").first.click()
    learner.picture("draft")
    learner.follow("Continue")


def fill_in(page: Page, folder: Path) -> None:
    """Answer every question of this page: yes, the first choice, a sentence, a file."""
    for name, value in LEARNER.items():
        if page.locator(f"main [name={name}]").count():
            page.locator(f"main [name={name}]").fill(value)
    for area in page.locator("main textarea").all():
        area.fill("Olen kümme aastat raamatupidajana töötanud, Tartus ja Pärnus.")
    for group in {
        r.get_attribute("name") for r in page.locator("main [type=radio]").all()
    }:
        choices = page.locator(f"main [type=radio][name={group}]")
        wanted = [
            c for c in choices.all() if c.get_attribute("value") in ("higher", "native")
        ]
        (wanted[0] if wanted else choices.first).check()
    if page.locator("main [name=education_about]").count():
        page.locator("main [name=education_about]").fill("Tartu, majandus, 2011")
    if page.locator("main [type=file]").count():
        upload_wrong_then_right(page, folder)


def upload_wrong_then_right(page: Page, folder: Path) -> None:
    """A file that is no document is refused with the reason; the answers stay."""
    wrong, right = folder / "diploma.txt", folder / "diploma.pdf"
    wrong.write_text("not a diploma")
    right.write_bytes(PDF)
    page.locator("main [type=file]").set_input_files(wrong)
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main [role=alert], main .error-summary").first).to_be_visible()
    page.locator("main [type=file]").set_input_files(right)


def is_decided_on(staff: Visitor) -> None:
    page = staff.page
    staff.sign_in("jaak.solg")
    staff.go("office/admissions/?mover=staff")
    staff.picture("queue")
    page.get_by_role("link", name=NAME).first.click()
    staff.picture("application")
    staff.press("Start reading")
    staff.follow("Prepare an offer")
    page.locator("main [type=checkbox]").first.check()
    staff.press("Prepare the offer")
    page.locator("main a[href*='/office/admissions/runs/']").first.click()
    staff.picture("prepared")
    staff.follow("Release together")
    staff.press("Release")
    staff.picture("released")


def accepts_the_place(learner: Visitor) -> None:
    newest_letter(learner, EMAIL)
    learner.go("my/")
    learner.page.locator("main a[href*='/applications/']").first.click()
    learner.picture("offered")
    learner.page.locator("main a[href*='/accept/']").first.click()
    learner.picture("accept")
    learner.press("Accept the place")
    learner.picture("accepted")


def pays_by_card(learner: Visitor) -> None:
    page = learner.page
    page.locator("main a[href*='/my/invoices/']").first.click()
    learner.sees(NAME)
    learner.picture("invoice")
    learner.submit(page.locator("main form[action*='/pay/'] button").first)
    learner.picture("card")
    learner.submit(page.locator("button[value=approve]"))
    page.wait_for_url("**/my/invoices/**")
    learner.picture("paid")


def pays_by_transfer(learner: Visitor, staff: Visitor, folder: Path) -> None:
    page = learner.page
    page.locator("main a[href*='/my/invoices/']").first.click()
    learner.sees(NAME)
    learner.picture("invoice")
    learner.go("demo/bank/")
    page.get_by_label(re.compile(NAME)).check()
    with page.expect_download() as got:
        page.locator("main form button[type=submit]:not([name=send])").click()
    statement = folder / "statement.xml"
    got.value.save_as(statement)
    staff.sign_in("virve.munt")
    staff.go("office/fees/statement/")
    for real in (False, True, True):
        staff.page.locator("main [type=file]").set_input_files(statement)
        staff.page.locator("main [name=dry_run]").set_checked(not real)
        staff.press("Read in")
    staff.picture("statement")
    staff.sees(NAME)
    staff.sees(staff.words("read in before"))


def sees_her_studies(learner: Visitor) -> None:
    page = learner.page
    newest_letter(learner, EMAIL)
    learner.go("my/studies/")
    page.locator("main a[href*='/my/studies/']").first.click()
    learner.follow("Choose")
    page.locator("main [type=checkbox]").first.check()
    learner.picture("choose")
    learner.press("Save my choice")
    learner.picture("studies")
    feed = page.locator("main a[href*='.ics']").first.get_attribute("href")
    assert feed
    calendar = page.request.get(
        feed if "://" in feed else learner.university.url + feed
    )
    assert calendar.text().count("BEGIN:VEVENT") > 10


def is_graded(staff: Visitor) -> None:
    """The lecturer enters a grade in each course, and confirms with a second click."""
    page = staff.page
    staff.go("demo/clock/")
    page.locator("main [name=day]").fill("2027-06-30")
    staff.press("Move the clock")
    staff.sign_in("toomas.kudum")
    staff.go("office/studies/sections/")
    staff.picture("sections")
    sections = {
        link.get_attribute("href")
        for link in page.locator("main a[href*='/studies/sections/']").all()
    }
    graded = 0
    for section in sorted(filter(None, sections)):
        page.goto(staff.university.url + section)
        row = page.locator("tr", has_text=NAME)
        if not row.count():
            continue
        row.locator("select").select_option(index=1)
        staff.submit(page.locator("main form button[type=submit]").first)
        staff.picture(f"grades-{graded + 1}")
        staff.submit(page.locator("main form[action*='/confirm/'] button"))
        graded += 1
    assert graded == COURSES


def is_certified(staff: Visitor) -> None:
    page = staff.page
    staff.sign_in("jaak.solg")
    staff.go("office/credentials/")
    page.get_by_role("link", name=programme_title(staff)).first.click()
    row = page.locator("tr", has_text=NAME)
    staff.submit(row.locator("form[action*='/confirm-identity/'] button"))
    staff.picture("cohort")
    row.locator("form[action$='/issue/'] button").dblclick()
    expect(row.locator("a[href*='/credentials/register/']")).to_be_visible()
    staff.picture("issued")


def programme_title(visitor: Visitor) -> str:
    return {
        "et": "Infotehnoloogia alused",
        "en": "Foundations of Information Technology",
    }[visitor.language]


def has_a_certificate(learner: Visitor, folder: Path) -> tuple[str, Path, str]:
    page = learner.page
    learner.go("my/certificates/")
    page.locator("main a[href*='/my/certificates/']").first.click()
    number = re.search(r"\d{4}-\d{5}", page.url)
    assert number
    learner.picture("certificate")
    badge, pdf = folder / "openbadge.json", folder / "certificate.pdf"
    for file in (badge, pdf):
        got = page.request.get(f"{page.url}{file.name}")
        assert got.ok
        file.write_bytes(got.body())
    told = json.dumps(json.loads(badge.read_text()), ensure_ascii=False)
    assert NAME in told
    assert programme_title(learner) in told
    learner.submit(page.locator("main form button[type=submit]").first)
    learner.picture("shared")
    link = page.locator("main a[href*='/s/']").first.get_attribute("href")
    assert link
    return number[0], badge, link


def anybody_verifies(stranger: Visitor, number: str, badge: Path, link: str) -> None:
    page, university = stranger.page, stranger.university
    page.goto(f"{university.url}/c/{number}/")
    stranger.sees(number)
    assert NAME not in page.content()
    stranger.picture("status")
    page.goto(link if "://" in link else university.url + link)
    stranger.sees(NAME)
    stranger.picture("link")
    stranger.go("verify/")
    page.locator("main [type=file]").set_input_files(badge)
    stranger.submit(page.locator("main form:has([type=file]) button"))
    stranger.sees(NAME)
    stranger.picture("file")
    assert number in university.command("verify", badge)
    changed = badge.with_name("changed.json")
    changed.write_text(badge.read_text().replace("Maret", "Margit"))
    stranger.go("verify/")
    page.locator("main [type=file]").set_input_files(changed)
    stranger.submit(page.locator("main form:has([type=file]) button"))
    stranger.picture("changed-file")
    assert university.exit_code("verify", changed) == 1


def sees_where_it_counts(learner: Visitor) -> None:
    learner.go("my/degrees/")
    learner.sees("INF.01.001")
    learner.picture("degrees")


def is_revoked_by_two(
    staff: Visitor, stranger: Visitor, number: str, badge: Path
) -> None:
    page = staff.page
    staff.go(f"office/credentials/register/{number}/")
    page.locator("form[action*='/ask-revocation/'] [type=radio]").first.check()
    staff.submit(page.locator("form[action*='/ask-revocation/'] button"))
    staff.sign_in("merike.hobehelm")
    staff.go("office/credentials/revocations/")
    staff.submit(page.locator("main li", has_text=number).locator("form button"))
    staff.picture("revoked")
    stranger.page.goto(f"{stranger.university.url}/c/{number}/")
    stranger.picture("status-revoked")
    assert stranger.university.exit_code("verify", badge) == 1
