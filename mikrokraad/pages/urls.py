"""Pages for everybody."""

from django.urls import path

from mikrokraad.pages.views import (
    alerts,
    chosen,
    doors,
    machines,
    my,
    previews,
    programmes,
    semesters,
    site,
    stories,
)

app_name = "pages"
urlpatterns = [
    path("", site.home, name="home"),
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/feed.atom", machines.feed, name="feed"),
    path("programmes/dates.ics", machines.dates, name="dates"),
    path("card.png", machines.site_card, name="site_card"),
    path(
        "programmes/<slug:slug>/card.png",
        machines.programme_card,
        name="programme_card",
    ),
    path(
        "programmes/semester/<slug:term>/",
        semesters.semester_list,
        name="semester_list",
    ),
    path("programmes/<slug:slug>/", programmes.programme, name="programme"),
    path(
        "programmes/<slug:slug>/versions/<text:number>/",
        programmes.programme_version,
        name="programme_version",
    ),
    path("programmes/<slug:slug>/tell-me/", alerts.tell_me, name="tell_me"),
    path("programmes/<slug:slug>/remind-me/", alerts.remind_me, name="remind_me"),
    path("shortlist/", chosen.shortlist, name="shortlist"),
    path("compare/", chosen.compare, name="compare"),
    path("alerts/", alerts.save_search, name="save_search"),
    path("alerts/asked/", alerts.alert_asked, name="alert_asked"),
    path("alerts/<text:token>/confirm/", alerts.confirm_alert, name="confirm_alert"),
    path("alerts/<text:token>/stop/", alerts.stop_alert, name="stop_alert"),
    path("summer-school/", site.summer_school, name="summer_school"),
    path("stories/", site.stories, name="stories"),
    path("stories/<slug:slug>/", stories.story, name="story"),
    path(
        "stories/<slug:slug>/picture.jpg",
        stories.story_picture,
        name="story_picture",
    ),
    path("is-it-for-you/", doors.doors, name="doors"),
    path("is-it-for-you/career/", doors.career, name="career"),
    path("is-it-for-you/degree/", doors.towards_a_degree, name="towards_a_degree"),
    path("is-it-for-you/<slug:key>/", doors.door, name="door"),
    path("office/programmes/<uuid:pk>/preview/", previews.preview, name="preview"),
    path("about/", site.about, name="about"),
    path("accessibility/", site.accessibility, name="accessibility"),
    path("privacy/", site.privacy, name="privacy"),
    path("my/", my.my_page, name="my_page"),
    path("my/alerts/<uuid:pk>/stop/", my.stop_my_alert, name="stop_my_alert"),
    path("my/people/", my.our_people, name="our_people"),
]
