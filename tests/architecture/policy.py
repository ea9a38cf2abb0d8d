"""Who gets what at every address: the portal's policy as a table.

A new address needs one line here. The address is its name in the URL map, then what stands behind
its parameters (see tests/architecture/world.py), each after a slash; `ok` is the page, `go` leads
elsewhere, `in` to the log-in page, `no` is refused (403), 404 means: may not know of it.
A method without a line is refused to everyone with 405. Whoever is refused is tried at every
address; of those who are let in one in turn, and each with EVERY_CELL=1.
"""

from typing import Any

PEOPLE = [
    *("anonymous", "outsider", "viewer", "neighbour", "clerk", "chair"),
    *("leader", "inspector", "officer", "administrator", "stranger"),
]

# chair and clerk are those of the union that the rows belong to; neighbour is another union's
# chair; stranger is the administrator of another province.
PORTAL = """
#                                             anonymous outsider viewer neighbour clerk chair leader inspector officer administrator stranger
GET  home                                            in       ok     go        ok    ok    ok     go        go      go            go       go
GET  login                                           ok       go     go        go    go    go     go        go      go            go       go
POST login                                           ok       go     go        go    go    go     go        go      go            go       go
POST logout                                          in       go     go        go    go    go     go        go      go            go       go
GET  password_change                                 in       ok     ok        ok    ok    ok     ok        ok      ok            ok       ok
POST password_change                                 in       ok     ok        ok    ok    ok     ok        ok      ok            ok       ok
GET  password_change_done                            in       ok     ok        ok    ok    ok     ok        ok      ok            ok       ok
GET  password_reset                                  ok       ok     ok        ok    ok    ok     ok        ok      ok            ok       ok
POST password_reset                                  ok       ok     ok        ok    ok    ok     ok        ok      ok            ok       ok
GET  password_reset_done                             ok       ok     ok        ok    ok    ok     ok        ok      ok            ok       ok
GET  password_reset_confirm/uid/token                go       go     go        go    go    go     go        go      go            go       go
POST password_reset_confirm/uid/token                go       go     go        go    go    go     go        go      go            go       go
GET  password_reset_complete                         ok       ok     ok        ok    ok    ok     ok        ok      ok            ok       ok
GET  health                                          ok       ok     ok        ok    ok    ok     ok        ok      ok            ok       ok
GET  favicon                                         go       go     go        go    go    go     go        go      go            go       go
GET  notices                                         in       ok     ok        ok    ok    ok     ok        ok      ok            ok       ok
POST notices-read                                    in       go     go        go    go    go     go        go      go            go       go
POST notice/notice                                   in      404    404       404   404    go    404       404     404           404      404
GET  profile                                         in       ok     ok        ok    ok    ok     ok        ok      ok            ok       ok
POST profile-export                                  in       ok     ok        ok    ok    ok     ok        ok      ok            ok       ok
GET  invitation/invitation-token                     ok       ok     ok        ok    ok    ok     ok        ok      ok            ok       ok
POST invitation/invitation-token                     ok       go     go        go    go    go     go        go      go            go       go
GET  invitation-slip/invitation                      in      404    404       404   404    ok    404       404     404           404      404
POST invitation-again/invitation                     in      404    404       404   404    go    404       404     404           404      404
POST invitation-withdraw/invitation                  in      404    404       404   404    go    404       404     404           404      404
GET  people-index                                    in       ok     ok        go    go    go     ok        ok      ok            ok       ok
GET  people/union                                    in      404    404       404    ok    ok    404       404     404           404      404
GET  people-invite/union                             in      404    404       404    no    ok    404       404     404           404      404
POST people-invite/union                             in      404    404       404    no    go    404       404     404           404      404
GET  people-hand-over/union                          in      404    404       404    no    ok    404       404     404           404      404
POST people-hand-over/union                          in      404    404       404    no    go    404       404     404           404      404
GET  people-keep-chair/union                         in      404    404       404    no    ok    404       404     404           404      404
POST people-keep-chair/union                         in      404    404       404    no    ok    404       404     404           404      404
GET  appointment-end/deputy                          in      404    404       404    no    ok    404       404     404           404      404
POST appointment-end/deputy                          in      404    404       404    no    go    404       404     404           404      404
GET  absence/deputy                                  in      404    404       404    no    ok    404       404     404           404      404
POST absence/deputy                                  in      404    404       404    no    go    404       404     404           404      404
POST absence-end/absence                             in      404    404       404    go    go    404       404     404           404      404
GET  evidence/evidence                               in      404    404       404    ok    ok     ok        ok      ok            ok      404
GET  evidence-page/evidence                          in      404    404       404    ok    ok     ok        ok      ok            ok      404
GET  evidence-thumbnail/evidence                     in      404    404       404    ok    ok     ok        ok      ok            ok      404
GET  indicators:submissions                          in       ok     ok        ok    ok    ok     ok        ok      ok            ok       ok
GET  indicators:submission/submission                in      404    404       404    ok    ok     ok        ok      ok            ok      404
POST indicators:submission/submission                in      404    404       404    go    go     no        no      no            no      404
GET  indicators:workbook/submission                  in      404    404       404    ok    ok     no        no      no            no      404
POST indicators:workbook/submission                  in      404    404       404    ok    ok     no        no      no            no      404
GET  indicators:workbook-download/submission         in      404    404       404    ok    ok     no        no      no            no      404
POST indicators:workbook-confirm/submission          in      404    404       404    go    go     no        no      no            no      404
POST indicators:submission-ask-extension/submission  in      404    404       404    go    go     no        no      no            no      404
GET  indicators:correction-ask/submission            in      404    404       404    no    go     no        no      no            no      404
POST indicators:correction-ask/submission            in      404    404       404    no    go     no        no      no            no      404
POST indicators:correction-withdraw/submission/correction in 404    404       404    no    go     no        no      no            no      404
POST indicators:submission-card/submission/estimateform in   404    404       404    go    go     no        no      no            no      404
POST indicators:submission-take-revenue/own-submission/plan in 404  404       404   404   404     no        no      ok            ok      404
POST indicators:submission-presence/submission       in      404    404       404    ok    ok     no        no      no            no      404
GET  indicators:submission-submit/submission         in      404    404       404    ok    ok     ok        ok      ok            ok      404
GET  indicators:receipt/receipt                      in      404    404       404    ok    ok     ok        ok      ok            ok      404
POST indicators:submission-submit/submission         in      404    404       404    no    go     no        no      no            no      404
GET  indicators:signed-copy/submission               in      404    404       404    ok    ok     no        no      ok            ok      404
POST indicators:signed-copy/submission               in      404    404       404    ok    ok     no        no      ok            ok      404
GET  indicators:printed-form/printed                 in      404    404       404    ok    ok     ok        ok      ok            ok      404
POST indicators:behalf-take-back/submission          in      404    404       404    no    no     no        no      go            go      404
POST indicators:behalf-contest/submission            in      404    404       404    no    go     no        no      no            no      404
GET  indicators:gradings                             in       ok     ok        ok    ok    ok     ok        ok      ok            ok       ok
GET  indicators:grading/grading                      in      404    404       404    ok    ok     ok        ok      ok            ok      404
POST indicators:grading/grading                      in      404    404       404    ok    ok     no        no      no            no      404
GET  actionplan:plans                                in       ok     ok        ok    ok    ok     ok        ok      ok            ok       ok
POST actionplan:plan-begin/union/year                in      404    404       404    go    go     no        no      no            no      404
GET  actionplan:plan/yearly-plan                     in      404    404       404    ok    ok     ok        ok      ok            ok      404
GET  actionplan:plan-hand-in/yearly-plan             in      404    404       404    no    ok     no        no      no            no      404
POST actionplan:plan-hand-in/yearly-plan             in      404    404       404    no    ok     no        no      no            no      404
GET  actionplan:plan-last-year/yearly-plan           in      404    404       404    ok    ok     no        no      no            no      404
POST actionplan:plan-last-year/yearly-plan           in      404    404       404    ok    ok     no        no      no            no      404
GET  actionplan:plan-model/yearly-plan               in      404    404       404    ok    ok     no        no      no            no      404
POST actionplan:plan-model/yearly-plan               in      404    404       404    ok    ok     no        no      no            no      404
GET  actionplan:model-reason/yearly-plan/model-item  in      404    404       404    ok    ok     no        no      no            no      404
POST actionplan:model-reason/yearly-plan/model-item  in      404    404       404    ok    ok     no        no      no            no      404
GET  actionplan:item-add/yearly-plan                 in      404    404       404    ok    ok     no        no      no            no      404
POST actionplan:item-add/yearly-plan                 in      404    404       404    ok    ok     no        no      no            no      404
GET  actionplan:item/yearly-plan/plan-item           in      404    404       404    ok    ok     ok        ok      ok            ok      404
POST actionplan:item/yearly-plan/plan-item           in      404    404       404    ok    ok     no        no      no            no      404
GET  actionplan:item-change/yearly-plan/plan-item    in      404    404       404    ok    ok     no        no      no            no      404
POST actionplan:item-change/yearly-plan/plan-item    in      404    404       404    ok    ok     no        no      no            no      404
GET  actionplan:item-remove/yearly-plan/plan-item    in      404    404       404    ok    ok     no        no      no            no      404
POST actionplan:item-remove/yearly-plan/plan-item    in      404    404       404    ok    ok     no        no      no            no      404
GET  indicators:item-indicator/yearly-plan/plan-item in      404    404       404    ok    ok     no        no      no            no      404
POST indicators:item-indicator/yearly-plan/plan-item in      404    404       404    ok    ok     no        no      no            no      404
GET  actionplan:group-reason/yearly-plan/2           in      404    404       404    ok    ok     no        no      no            no      404
POST actionplan:group-reason/yearly-plan/2           in      404    404       404    ok    ok     no        no      no            no      404
GET  actionplan:directives                           in       ok     ok        ok    ok    ok     ok        ok      ok            ok       ok
GET  actionplan:directive/directive-copy             in      404    404       404    ok    ok     ok        ok      ok            ok      404
POST actionplan:directive/directive-copy             in      404    404       404    go    go     no        no      no            no      404
POST actionplan:directive-acknowledge/directive-copy in      404    404       404    no    go     no        no      no            no      404
GET  actionplan:directive-paper/directive-copy/paper in      404    404       404    ok    ok     ok        ok      ok            ok      404
GET  actionplan:breakthroughs                        in       ok     ok        ok    ok    ok     ok        ok      ok            ok       ok
GET  actionplan:breakthrough/breakthrough            in      404    404        ok    ok    ok     ok        ok      ok            ok      404
GET  actionplan:milestone/milestone                  in      404    404        ok    ok    ok     ok        ok      ok            ok      404
POST actionplan:milestone/milestone                  in      404    404        go    go    go     no        no      no            no      404
GET  actionplan:milestone-proof/milestone/proof      in      404    404        ok    ok    ok     ok        ok      ok            ok      404
POST actionplan:contribution-take-back/contribution  in      404    404       404    go    go     no        no      no            no      404
GET  actionplan:briefings                            in       ok     ok        go    go    go     ok        ok      go            go       ok
GET  actionplan:briefings-of-year/union/year         in      404    404       404    ok    ok     ok        ok      ok            ok      404
POST actionplan:briefings-of-year/union/year         in      404    404       404    no    go     no        no      no            no      404
GET  actionplan:briefing-add/union/year              in      404    404       404    ok    ok     no        no      no            no      404
POST actionplan:briefing-add/union/year              in      404    404       404    ok    ok     no        no      no            no      404
GET  actionplan:briefing/session                     in      404    404       404    ok    ok     no        no      no            no      404
POST actionplan:briefing/session                     in      404    404       404    ok    ok     no        no      no            no      404
GET  actionplan:briefing-remove/session              in      404    404       404    ok    ok     no        no      no            no      404
POST actionplan:briefing-remove/session              in      404    404       404    go    go     no        no      no            no      404
GET  actionplan:documents                            in       ok     ok        ok    ok    ok     ok        ok      ok            ok       ok
GET  actionplan:document/document                    in      404    404        ok    ok    ok     ok        ok      ok            ok      404
GET  actionplan:document-file/document               in      404    404        ok    ok    ok     ok        ok      ok            ok      404
POST actionplan:document-read/document               in      404    404       404    go    go     no        no      no            no      404
POST indicators:submission-take-people/submission/people-indicator in 404 404 404    ok    ok     no        no      no            no      404
GET  reports:agendas                                 in       ok     ok        go    go    go     go        go      go            go       go
GET  reports:agenda/union                            in      404    404       404    ok    ok     ok        ok      ok            ok      404
GET  reports:agenda-of-month/union/2025/3            in      404    404       404    ok    ok     ok        ok      ok            ok      404
GET  reports:feed/union                              in      404    404       404    ok    ok     ok        ok      ok            ok      404
POST reports:feed/union                              in      404    404       404    ok    ok     ok        ok      ok            ok      404
POST reports:feed-revoke/union                       in      404    404       404    go    go     go        go      go            go      404
GET  reports:feed-file/feed-secret                   ok       ok     ok        ok    ok    ok     ok        ok      ok            ok       ok
GET  reports:dashboard                               in       no     ok        ok    no    ok     ok        ok      ok            ok       ok
GET  reports:scorecard/union/year                    in      404    404       404   404    ok     ok        ok      ok            ok      404
GET  reports:plans/union/year                        in      404    404       404   404    ok     ok        ok      ok            ok      404
GET  reports:addends/union/year/indicator            in      404    404       404   404    ok     ok        ok      ok            ok      404
POST reports:paper-form/submission                   in      404    404       404    ok    ok     no        no      ok            ok      404
POST reports:report-request                          in      404     no       404   404   404     go        no      go            go      404
GET  reports:report/report                           in      404    404       404   404   404     ok        ok      ok            ok      404
POST reports:report/report                           in      404    404       404   404   404     go        no      go            go      404
GET  reports:rendering/rendering                     in      404    404       404   404   404     ok        ok      ok            ok      404
GET  reports:rendering-state/rendering               in      404    404       404   404   404     go        go      go            go      404
POST reports:rendering-restart/rendering             in      404    404       404   404   404     go        no      go            go      404
"""  # noqa: E501

# What is sent with a POST; nothing, where nothing stands here.
SENT: dict[str, dict[str, Any]] = {
    "indicators:submission": {"revision": "1", "whole": "het"},
    "indicators:submission-submit": {"confirmed": "on", "revision": "1"},
    "reports:report-request": {"kind": "annual", "union": "CDVC", "year": 2025, "format": "pdf"},
    "people-invite": {"role": "clerk", "full_name": "Lò Thị Mới", "email": "lo@vidu.vn"},
    "people-hand-over": {
        **{"successor": "moi", "full_name": "Lò Thị Mới", "email": "lo@vidu.vn"},
        **{"on": "01/01/2030", "confirmed": "on"},
    },
    "actionplan:briefings-of-year": {"people": "35"},
    "actionplan:document-read": {"union": "SYT"},
    "actionplan:directive": {"text": "Đã làm", "seen": ""},
    "actionplan:milestone": {"on": "01/05/2025", "text": "Đã làm"},
    "absence": {"since": "01/01/2030", "until": "01/02/2030"},
    "reports:report": {"number": "05", "signed_on": "31/12/2025"},
}

# Pages of the desk that belong to no table of rows. `others` are all who have no desk: each is
# asked at some of the addresses, one at each.
DESK = """
#                                                   anonymous others inspector officer administrator stranger
GET  admin:index                                           in     no        ok      ok            ok       ok
GET  admin:login                                           in     go        go      go            go       go
GET  admin:password_change                                 in     no        go      go            go       go
GET  admin:password_change_done                            in     no        go      go            go       go
POST admin:logout                                          in     no        go      go            go       go
GET  admin:jsi18n                                          in     no        ok      ok            ok       ok
GET  admin:search                                          in     no        ok      ok            ok       ok
GET  admin:unions_user_link/person                         in     no        no      ok            ok       404
GET  admin:unions_invitation_slip/invitation                  in     no        no      no            ok       404
GET  admin:indicators_revenue_table                        in     no        ok      ok            ok       ok
GET  admin:actionplan_plan_matrix                          in     no        ok      ok            ok       ok
GET  admin:actionplan_plan_agenda                          in     no        ok      ok            ok       ok
GET  admin:actionplan_plan_agenda_excel                    in     no        ok      ok            ok       ok
GET  admin:actionplan_plan_matrix_excel                    in     no        ok      ok            ok       ok
GET  admin:reports_report_deeds                            in     no        ok      ok            ok       ok
GET  admin:reports_report_deeds_excel                      in     no        ok      ok            ok       go
GET  admin:reports_report_deeds_text                       in     no        ok      ok            ok       go
GET  admin:indicators_revenue_table_excel                  in     no        ok      ok            ok       ok
GET  admin:indicators_revenue_year/union/year              in     no        no      ok            ok       404
GET  admin:autocomplete                                    in     no        no      no            no       no
GET  admin:unions_union_tree                               in     no        ok      ok            ok       ok
POST admin:indicators_submission_step/submission/verify    in     no        no      go            go      404
POST admin:indicators_submission_objections/submission     in     no        no      ok            ok      404
POST admin:indicators_submission_corrections/submission    in     no        no      ok            ok      404
POST admin:indicators_submission_bulk/verify                in     no        no      go            go      go
"""  # noqa: E501

# Whose rows the desk shows, to whom, and what may be done with them there:
# acts on the list of rows | acts on one row. What happened to a row is for readers of the journal.
ROWS = """
#                            may read                         may act                acts
unions_journalentry          inspector,administrator          -                      |
unions_user                  inspector,officer,administrator  administrator          open_account | amend appoint relieve hand_over keep_chair leave come_back switch export anonymise
unions_invitation            inspector,officer,administrator  administrator          invite | again withdraw
unions_appointment           inspector,officer,administrator  administrator          release |
unions_headcount             inspector,officer,administrator  administrator          record | correct take_back
unions_union                 inspector,officer,administrator  administrator          found transfer_several gather_several merge_several change_levels dissolve_several | rename change_type transfer change_level suspend resume merge gather split found_beneath dissolve
unions_intake                inspector,officer,administrator  administrator          send_in take_out | confirm convert marked drop clear
unions_orgevent              inspector,officer,administrator  administrator          | hand_over withdraw_hand_over undo
actionplan_programme         inspector,officer,administrator  administrator          | rename close take_back_closing succeed take_back_succession
actionplan_taskgroup         inspector,officer,administrator  administrator          | rename
actionplan_action            inspector,officer,administrator  administrator          | rename
actionplan_breakthrough      inspector,officer,administrator  administrator          | rename
actionplan_period            inspector,officer,administrator  administrator          open_period | change_days close reopen ask_finals cancel
actionplan_plan              inspector,officer,administrator  officer,administrator  draw_up_own | accept send_back see_changes
actionplan_directive         inspector,officer,administrator  officer,administrator  write | amend send discard withdraw
actionplan_directivecopy     inspector,officer,administrator  officer,administrator  | accept ask_more extend
actionplan_milestone         inspector,officer,administrator  officer,administrator  add_milestone | amend stand
actionplan_modelplan         inspector,officer,administrator  officer,administrator  set_up | propose issue move_due_day
actionplan_modelitem         inspector,officer,administrator  officer,administrator  | amend take_out
actionplan_unionbriefings    inspector,officer,administrator  -                      |
actionplan_librarydocument   inspector,officer,administrator  officer,administrator  add_document | amend replace withdraw bring_back ask_reading stop_asking
actionplan_reading           inspector,officer,administrator  -                      |
actionplan_contribution      inspector,officer,administrator  -                      |
indicators_programmedocument inspector,officer,administrator  administrator          upload | adopt fetch
indicators_indicator         inspector,officer,administrator  administrator          | reword aim assign start_from
indicators_submission        inspector,officer,administrator  officer,administrator  | excuse ask_again extend withdraw_extension refuse_extension ask_final enter_on_behalf take_back_on_behalf
indicators_bulkact           inspector,officer,administrator  officer,administrator  | undo
indicators_grading           inspector,officer,administrator  officer,administrator  open_gradings decide | verify note_cluster send_back take_back
indicators_gradingdecision   inspector,officer,administrator  -                      |
indicators_assignment        inspector,officer,administrator  administrator          assign send_in |
indicators_revenue           inspector,officer,administrator  officer,administrator  record send_in fill_in |
indicators_gradingsheet      inspector,officer,administrator  administrator          load | amend copy
reports_report               inspector,officer,administrator  officer,administrator  draft | draw_again set_number
reports_stationery           inspector,officer,administrator  administrator          replace | correct
"""  # noqa: E501
