"""A programme manager's work: a new version, its review, its next run, and who sees it."""

import re

from playwright.sync_api import Browser, expect

from tests.journeys.conftest import University, Visitor, Visitors

TITLE, SLUG = "Systems Analysis", "systems-analysis"
LEAD = "Learn to ask what a system is for before anybody builds it."
REASON = "Say how many hours a week it takes."


def test_programme_manager(browser: Browser, own_university: University) -> None:
    visitors = Visitors(browser, own_university, "programme-manager")
    kadri, jaak = visitors.come("en"), visitors.come("en")
    kadri.sign_in("kadri.kirivoo")
    jaak.sign_in("jaak.solg")

    begins_a_new_version(kadri)
    writes_while_it_saves_itself(kadri)
    asks_for_a_review(kadri, of="Jaak Sõlg")
    is_sent_back_with_a_comment(jaak)
    answers_the_comment(kadri)
    asks_for_a_review(kadri, of="Jaak Sõlg")
    is_approved(jaak)
    semester = runs_it_again(kadri)
    a_visitor_sees_it(visitors.come("en", width=360), semester)

    assert "BROKEN" not in own_university.command("check_invariants")
    assert visitors.complaints == []
    for context in browser.contexts:
        context.close()


def finds_the_programme(who: Visitor) -> None:
    who.go(f"office/programmes/?q={TITLE}")
    who.follow(TITLE)


def begins_a_new_version(kadri: Visitor) -> None:
    finds_the_programme(kadri)
    kadri.follow("New version")
    kadri.page.get_by_role("radio").nth(1).check()
    kadri.press("Begin the new version")
    kadri.sees("Draft 2.0")


def writes_while_it_saves_itself(kadri: Visitor) -> None:
    """No button is pressed; what was written is there when the page is opened again."""
    lead = kadri.page.locator("#id_lead_en")
    lead.fill("")
    lead.blur()
    expect(kadri.page.locator("#meter")).to_contain_text("the introduction in English")
    kadri.page.locator("#meter a").first.click()
    expect(lead).to_be_focused()
    lead.fill(LEAD)
    lead.blur()
    expect(kadri.page.locator("#meter")).to_contain_text("Everything is there")
    expect(kadri.page.locator("#save-state")).to_contain_text("Saved")
    kadri.page.reload()
    expect(lead).to_have_value(LEAD)
    kadri.picture("editor")


def asks_for_a_review(kadri: Visitor, *, of: str) -> None:
    kadri.page.locator("#meter").get_by_role("link").click()
    kadri.page.locator("#id_reviewer").select_option(label=of)
    kadri.press("Ask for the review")
    kadri.sees(f"with {of} since")


def is_sent_back_with_a_comment(jaak: Visitor) -> None:
    finds_the_programme(jaak)
    jaak.follow("Open the review")
    basics = jaak.page.locator("#basics")
    basics.locator("summary").click()
    basics.locator("textarea").fill(REASON)
    jaak.submit(basics.get_by_role("button", name="Comment", exact=True))
    expect(basics).to_contain_text(REASON)
    jaak.picture("review")
    jaak.page.locator("#id_reason").fill("Please look at my comment.")
    jaak.press("Send it back")


def answers_the_comment(kadri: Visitor) -> None:
    finds_the_programme(kadri)
    kadri.sees("Please look at my comment.")
    kadri.follow("Go on writing")
    expect(kadri.page.locator(".comment")).to_contain_text(REASON)
    kadri.page.locator("#id_lead_en").fill(f"{LEAD} Ten hours a week.")
    kadri.press("Save")
    kadri.submit(kadri.page.locator(".comment button"))
    kadri.follow("Go on writing")


def is_approved(jaak: Visitor) -> None:
    finds_the_programme(jaak)
    jaak.follow("Open the review")
    jaak.follow("What changed since 1.0")
    expect(jaak.page.locator("ins").last).to_contain_text("Ten hours a week")
    jaak.picture("what-changed")
    finds_the_programme(jaak)
    jaak.follow("Open the review")
    jaak.press("Approve")
    jaak.sees("Approved.")


def runs_it_again(kadri: Visitor) -> str:
    """Rolled over to the next free semester; its code."""
    finds_the_programme(kadri)
    kadri.follow("Plan a run")
    kadri.page.get_by_role(
        "link", name=re.compile("^In another semester")
    ).first.click()
    semesters = kadri.page.locator("#id_intake option")
    last = semesters.last.get_attribute("value")
    kadri.page.locator("#id_intake").select_option(last)
    kadri.press("Plan the run")
    expect(kadri.page.locator("#id_starts_on")).to_have_value("")
    kadri.picture("planned-run")
    kadri.press("Take the dates of the semester")
    expect(kadri.page.locator("#id_starts_on")).not_to_have_value("")
    kadri.press("Publish the run")
    kadri.sees("Published: everybody can see the run now.")
    href = kadri.page.get_by_role("link", name="Public page").get_attribute("href")
    return str(href).rpartition("=")[2]


def a_visitor_sees_it(visitor: Visitor, semester: str) -> None:
    visitor.go(f"programmes/{SLUG}/?semester={semester}")
    visitor.sees("Ten hours a week.")
    expect(visitor.page.locator("main")).to_contain_text("EQF 7")
    visitor.picture("seen")
