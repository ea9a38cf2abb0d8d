"""Who may do what to a submission or a plan, and when: the portal's promise, written by hand.

A line has the name of an act, a mark for each person, a mark for each state, and the act in words.
Everything else here is read from these lines: docs/permissions.md is printed from them, and each
mark is tried against the running portal.
"""

from collections.abc import Sequence
from dataclasses import dataclass

# what a person is told who asks for an act
MAY, REFUSED, UNKNOWN, NOTHING = "+", "-", "0", "."
# what becomes of an act in a state, for those who may
DONE, TOLD_WHY, NOT_THERE = "+", ".", "0"

PEOPLE = {
    "administrator": "administrator (quản trị của tỉnh)",
    "officer": "officer (cán bộ tổng hợp)",
    "leader": "leader (thường trực)",
    "inspector": "inspector (kiểm tra, giám sát)",
    "viewer": "viewer (LĐLĐ cấp trên)",
    "chair": "chair of the union",
    "deputy": "its deputy",
    "clerk": "its clerk",
    "neighbour": "chair of another union",
    "stranger": "administrator of another province",
}

STATES = {
    "new": "not started",
    "drf": "draft (đang nhập)",
    "sub": "handed in (đã nộp)",
    "ver": "verified (đã thẩm định)",
    "app": "approved (đã duyệt)",
    "ret": "sent back whole (trả lại)",
    "pts": "sent back by answer",
    "exc": "excused (miễn nộp)",
    "clo": "period closed, draft",
    "clS": "period closed, handed in",
    "clR": "period closed, sent back",
    "ext": "period closed, extended (gia hạn)",
    "ear": "period not open yet",
}

# administrator officer leader inspector viewer | chair deputy clerk | neighbour stranger
SUBMISSION = """
#                    ad of le in vi ch de cl ne st | new drf sub ver app ret pts exc clo clS clR ext ear
see                   +  +  +  +  0  +  +  +  0  0 |  +   +   +   +   +   +   +   +   +   +   +   +   +  read the form and its history
see_evidence          +  +  +  +  0  +  +  +  0  0 |  +   +   +   +   +   +   +   +   +   +   +   +   +  open evidence (minh chứng)
see_receipt           +  +  +  +  0  +  +  +  0  0 |  0   0   +   +   +   +   +   0   0   +   +   0   0  read a receipt (biên nhận)
see_at_desk           +  +  -  +  -  -  -  -  -  0 |  +   +   +   +   +   +   +   +   +   +   +   +   +  see it on the review page
see_journal           +  -  -  +  -  -  -  -  -  0 |  +   +   +   +   +   +   +   +   +   +   +   +   +  read its journal (nhật ký)
save_card             -  -  -  -  0  +  +  +  0  0 |  +   +   .   .   .   +   +   .   .   .   +   +   .  enter one answer (lưu một mục)
attach_evidence       -  -  -  -  0  +  +  +  0  0 |  +   +   .   .   .   +   +   .   .   .   +   +   .  attach evidence to an answer
save_page             -  -  -  -  0  +  +  +  0  0 |  +   +   .   .   .   +   +   .   .   .   +   +   .  save the whole page (lưu)
hand_in               -  -  -  -  0  +  +  -  0  0 |  .   +   .   .   .   +   +   .   .   .   +   +   .  hand in (nộp)
hand_in_at_desk       -  -  -  -  -  -  -  -  -  0 |  .   .   .   .   .   .   .   .   .   .   .   .   .  hand in for a union from the review page
ask_more_time         -  -  -  -  0  +  +  +  0  0 |  .   .   .   .   .   .   .   .   +   .   .   .   .  ask for more time (đề nghị gia hạn)
ask_correction        -  -  -  -  0  +  +  -  0  0 |  .   .   +   +   +   .   .   .   .   +   .   .   .  ask for a correction (đề nghị đính chính)
withdraw_correction   -  -  -  -  0  +  +  -  0  0 |  0   0   +   +   +   +   +   0   0   +   +   0   0  take a waiting request for correction back
verify                +  +  -  -  -  -  -  -  -  0 |  .   .   +   .   .   .   .   .   .   +   .   .   .  verify (thẩm định)
approve               +  +  -  -  -  -  -  -  -  0 |  .   .   .   +   .   .   .   .   .   .   .   .   .  approve (duyệt)
send_back             +  +  -  -  -  -  -  -  -  0 |  .   .   +   +   +   .   .   .   .   +   .   .   .  send back whole, with a reason (trả lại)
send_back_answers     +  +  -  -  -  -  -  -  -  0 |  .   .   +   +   +   .   .   .   .   +   .   .   .  send back by answer (yêu cầu sửa)
grant_correction      +  +  -  -  -  -  -  -  -  0 |  0   0   +   +   +   +   +   0   0   +   +   0   0  grant a waiting request for correction
refuse_correction     +  +  -  -  -  -  -  -  -  0 |  0   0   +   +   +   +   +   0   0   +   +   0   0  refuse a waiting request for correction
verify_in_bulk        +  +  -  -  -  -  -  -  -  . |  .   .   +   .   .   .   .   .   .   +   .   .   .  verify in bulk (thẩm định hàng loạt)
approve_in_bulk       +  +  -  -  -  -  -  -  -  . |  .   .   .   +   .   .   .   .   .   .   .   .   .  approve in bulk (duyệt hàng loạt)
undo_verifying        +  +  -  -  -  -  -  -  -  0 |  .   .   .   +   .   .   .   .   .   .   .   .   .  take bulk verification back (hoàn tác)
undo_approving        +  +  -  -  -  -  -  -  -  0 |  .   .   .   .   +   .   .   .   .   .   .   .   .  take bulk approval back (hoàn tác)
give_more_time        +  +  -  -  -  -  -  -  -  0 |  +   +   .   .   .   +   +   .   +   .   +   +   +  give more time (gia hạn)
take_time_back        +  +  -  -  -  -  -  -  -  0 |  .   .   .   .   .   .   .   .   .   .   .   +   .  take more time back (thu hồi gia hạn)
refuse_more_time      +  +  -  -  -  -  -  -  -  0 |  +   +   +   +   +   +   +   +   +   +   +   +   +  refuse a waiting request for more time
ask_final             +  +  -  -  -  -  -  -  -  0 |  .   .   +   +   +   .   .   .   .   +   .   .   .  ask for the final figures of an estimate
excuse                +  +  -  -  -  -  -  -  -  0 |  +   +   .   .   .   +   +   .   +   .   +   +   +  excuse a union that is asked no more (miễn nộp)
ask_again             +  +  -  -  -  -  -  -  -  0 |  .   .   .   .   .   .   .   +   .   .   .   .   .  ask an excused union again (thôi miễn nộp)
close_period          +  -  -  -  -  -  -  -  -  0 |  +   +   +   +   +   +   +   +   .   .   .   .   +  close the period (khoá kỳ)
reopen_period         +  -  -  -  -  -  -  -  -  0 |  .   .   .   .   .   .   .   .   +   +   +   +   .  open it again (mở lại kỳ)
change_days           +  -  -  -  -  -  -  -  -  0 |  +   +   +   +   +   +   +   +   .   .   .   .   +  move its due day (đổi ngày)
cancel_period         +  -  -  -  -  -  -  -  -  0 |  +   .   .   .   .   .   .   +   .   .   .   .   +  take its opening back (huỷ mở kỳ)
ask_all_final         +  -  -  -  -  -  -  -  -  0 |  .   .   +   +   +   .   .   .   .   +   .   .   .  ask all estimates of the period for final figures
"""  # noqa: E501

# By other ways than the page. On behalf: where the officer has begun, or has handed in.
OTHER = """
#                    ad of le in vi ch de cl ne st | drf sub ver ret exc clo ext
begin_on_behalf       +  +  -  -  -  -  -  -  -  0 |  +   .   .   +   .   .   +  begin to enter for a union (nhập thay)
end_on_behalf         +  +  -  -  0  -  -  -  0  0 |  +   +   +   +   +   +   +  end entering for a union (thôi nhập thay)
enter_on_behalf       -  +  -  -  0  +  +  +  0  0 |  +   .   .   +   .   .   +  enter an answer after the officer began to
hand_in_on_behalf     -  +  -  -  0  +  +  -  0  0 |  +   .   .   +   .   .   +  hand in after the officer began to enter
contest               -  -  -  -  0  +  +  -  0  0 |  .   +   +   .   .   .   .  disagree to what was handed in on behalf
verify_entered        +  .  -  -  -  -  -  -  -  0 |  .   +   .   .   .   .   .  verify what the officer handed in on behalf
approve_entered       +  .  -  -  -  -  -  -  -  0 |  .   .   +   .   .   .   .  approve what the officer handed in on behalf
download_workbook     -  -  -  -  0  +  +  +  0  0 |  +   .   .   +   .   .   +  download the form as a workbook (điền bằng Excel)
"""  # noqa: E501

# What takes a paper or a workbook for each try is tried in fewer states.
PAPER = """
#                    ad of le in vi ch de cl ne st | drf sub exc
print                 +  +  -  -  0  +  +  +  0  0 |  +   +   .  print the form to be signed (in phiếu)
send_signed           +  +  -  -  0  +  +  +  0  0 |  +   +   0  send the signed copy (bản ký, đóng dấu)
send_workbook         -  -  -  -  0  +  +  +  0  0 |  +   .   0  send a workbook in and read what it would change
keep_workbook         -  -  -  -  0  +  +  +  0  0 |  +   .   0  keep what a workbook says
"""  # noqa: E501

# The province answers some indicators itself: there its own people are those of the union.
OWN = """
#                    ad of le in vi ch de cl ne st | new drf sub ver app ret
see                   +  +  +  +  0  0  0  0  0  0 |  +   +   +   +   +   +  read the form and its history
save_card             +  +  -  -  0  0  0  0  0  0 |  +   +   .   .   .   +  enter one answer (lưu một mục)
save_page             +  +  -  -  0  0  0  0  0  0 |  +   +   .   .   .   +  save the whole page (lưu)
hand_in               +  +  -  -  0  0  0  0  0  0 |  .   +   .   .   .   +  hand in (nộp)
ask_correction        +  +  -  -  0  0  0  0  0  0 |  .   .   +   +   +   .  ask for a correction (đề nghị đính chính)
verify                +  +  -  -  -  -  -  -  -  0 |  .   .   +   .   .   .  verify (thẩm định)
approve               +  +  -  -  -  -  -  -  -  0 |  .   .   .   +   .   .  approve (duyệt)
send_back             +  +  -  -  -  -  -  -  -  0 |  .   .   +   +   +   .  send back whole, with a reason (trả lại)
"""  # noqa: E501

GRADING_STATES = {
    "none": "not opened",
    "own": "scoring itself (đang tự chấm)",
    "in": "scored itself (đã tự chấm)",
    "ver": "verified (đã thẩm định)",
    "dec": "recognised (đã công nhận)",
    "ret": "sent back (trả lại)",
}

GRADING = """
#                    ad of le in vi ch de cl ne st | none own  in ver dec ret
open_gradings         +  +  -  -  -  -  -  -  -  . |  +    .   .   .   .   .  ask the unions of a period to score themselves (mở chấm điểm)
see_grading           +  +  +  +  0  +  +  +  0  0 |  0    +   +   +   +   +  read points, remarks and what was decided
see_grading_at_desk   +  +  -  +  -  -  -  -  -  0 |  0    +   +   +   +   +  see the points of all sides at the desk
save_score            -  -  -  -  0  +  +  +  0  0 |  0    +   .   .   .   +  give oneself points (tự chấm)
hand_in_score         -  -  -  -  0  +  +  -  0  0 |  0    +   .   .   .   +  hand the points in (nộp điểm tự chấm)
note_cluster          +  +  -  -  -  -  -  -  -  0 |  0    .   +   +   .   .  note the cluster's points (ghi điểm của cụm)
verify_score          +  +  -  -  -  -  -  -  -  0 |  0    .   +   +   .   .  verify points and level (thẩm định điểm)
send_back_score       +  +  -  -  -  -  -  -  -  0 |  0    .   +   +   .   .  send the points back (trả lại)
decide_grade          +  +  -  -  -  -  -  -  -  . |  .    .   .   +   .   .  recognise the level by a decision (công nhận)
take_back_grade       +  +  -  -  -  -  -  -  -  0 |  0    .   .   .   +   .  take the recognition back (rút công nhận)
"""  # noqa: E501

PLAN_STATES = {
    "none": "not begun",
    "drf": "being drawn up (đang lập)",
    "sub": "handed in (đã gửi)",
    "acc": "accepted (đã chấp nhận)",
    "ret": "sent back (trả lại)",
}

PLAN = """
#                    ad of le in vi ch de cl ne st | none drf sub acc ret
begin_plan            -  -  -  -  0  +  +  +  0  0 |  +    +   +   +   +  begin the plan of a year, or go on with it (lập kế hoạch)
see_plan              +  +  +  +  0  +  +  +  0  0 |  0    +   +   +   +  read the plan, its progress and its changes
see_plan_at_desk      +  +  -  +  -  -  -  -  -  0 |  0    +   +   +   +  see it at the desk
add_item              -  -  -  -  0  +  +  +  0  0 |  0    +   +   +   +  add an item; once handed in with a reason (thêm việc)
take_over_last_year   -  -  -  -  0  +  +  +  0  0 |  0    +   .   .   +  take items of last year's plan over (lấy việc năm trước)
take_model_items      -  -  -  -  0  +  +  +  0  0 |  0    +   .   .   +  take items of the model plan over (lấy việc mẫu)
do_without_model_item -  -  -  -  0  +  +  +  0  0 |  0    +   .   .   +  say why the union does without an item asked of it
change_item           -  -  -  -  0  +  +  +  0  0 |  0    +   +   +   +  change an item; once handed in with a reason (sửa việc)
remove_item           -  -  -  -  0  +  +  +  0  0 |  0    +   .   .   +  take an item out of which nothing was noted (xoá việc)
leave_group_empty     -  -  -  -  0  +  +  +  0  0 |  0    +   .   .   +  say why a task group has no item
note_progress         -  -  -  -  0  +  +  +  0  0 |  0    +   +   +   +  note what was done of an item (ghi tiến độ)
hand_in_plan          -  -  -  -  0  +  +  -  0  0 |  0    +   .   .   +  hand the plan in (gửi kế hoạch)
accept_plan           +  +  -  -  -  -  -  -  -  0 |  0    .   +   .   .  accept it (chấp nhận)
send_back_plan        +  +  -  -  -  -  -  -  -  0 |  0    .   +   +   .  send it back, with a reason (trả lại)
see_changes           +  +  -  -  -  -  -  -  -  0 |  0    +   +   +   +  note that its changes were seen (đã xem điều chỉnh)
set_up_model_plan     +  +  -  -  -  -  -  -  -  . |  +    +   +   +   +  begin the model plan of a year (lập kế hoạch mẫu)
propose_model_item    +  +  -  -  -  -  -  -  -  0 |  +    +   +   +   +  put an item into it (thêm việc mẫu)
issue_model_plan      +  +  -  -  -  -  -  -  -  0 |  +    +   +   +   +  issue it (ban hành)
move_model_due_day    +  +  -  -  -  -  -  -  -  0 |  +    +   +   +   +  move the day by which plans are handed in (đổi ngày gửi)
amend_model_item      +  +  -  -  -  -  -  -  -  0 |  +    +   +   +   +  change an item of it (sửa việc mẫu)
take_out_model_item   +  +  -  -  -  -  -  -  -  0 |  +    +   +   +   +  take an item out that no union took (bỏ việc mẫu)
"""  # noqa: E501

OWN_PLAN = """
#                    ad of le in vi ch de cl ne st | none drf sub
begin_plan            +  +  -  -  0  0  0  0  0  0 |  +    +   +  begin the plan of a year, or go on with it (lập kế hoạch)
see_plan              +  +  +  +  0  0  0  0  0  0 |  0    +   +  read the plan, its progress and its changes
add_item              +  +  -  -  0  0  0  0  0  0 |  0    +   +  add an item; once handed in with a reason (thêm việc)
note_progress         +  +  -  -  0  0  0  0  0  0 |  0    +   +  note what was done of an item (ghi tiến độ)
hand_in_plan          +  +  -  -  0  0  0  0  0  0 |  0    +   .  hand the plan in (gửi kế hoạch)
accept_plan           +  +  -  -  -  -  -  -  -  0 |  0    .   +  accept it (chấp nhận)
"""  # noqa: E501

DIRECTIVE_STATES = {
    "dra": "being written (đang soạn)",
    "giv": "sent, not received (chưa nhận)",
    "ack": "received (đã nhận)",
    "rep": "result given (đã báo kết quả)",
    "mor": "more is asked for (cần bổ sung)",
    "acc": "done (đã xong)",
    "wdr": "withdrawn (đã thu hồi)",
}

DIRECTIVE = """
#                    ad of le in vi ch de cl ne st | dra giv ack rep mor acc wdr
write_directive       +  +  -  -  -  -  -  -  -  + |  +   +   +   +   +   +   +  write a directive of one's own province (soạn chỉ đạo)
amend_directive       +  +  -  -  -  -  -  -  -  0 |  +   .   .   .   .   .   .  change what was not sent (sửa)
send_directive        +  +  -  -  -  -  -  -  -  0 |  +   .   .   .   .   .   .  send it to those who get it today (gửi)
discard_directive     +  +  -  -  -  -  -  -  -  0 |  +   .   .   .   .   .   .  throw away what was not sent (bỏ bản soạn)
withdraw_directive    +  +  -  -  -  -  -  -  -  0 |  .   +   +   +   +   +   .  take it back, with a reason (thu hồi)
see_directive_at_desk +  +  -  +  -  -  -  -  -  0 |  +   +   +   +   +   +   +  see it at the desk, and how many have come how far
see_directive         +  +  +  +  0  +  +  +  0  0 |  0   +   +   +   +   +   +  read what one union was told and has answered
see_answers_at_desk   +  +  -  +  -  -  -  -  -  0 |  0   +   +   +   +   +   +  see the answers of one union at the desk
acknowledge_directive -  -  -  -  0  +  +  -  0  0 |  0   +   +   +   +   +   .  say that the union has received it (đã nhận)
draft_result          -  -  -  -  0  +  +  +  0  0 |  0   +   +   .   +   .   .  draw up the result (lưu nháp)
give_result           -  -  -  -  0  +  +  -  0  0 |  0   +   +   .   +   .   .  give the result (báo kết quả)
accept_result         +  +  -  -  -  -  -  -  -  0 |  0   .   .   +   .   .   .  accept the result (chấp nhận)
ask_more_of_result    +  +  -  -  -  -  -  -  -  0 |  0   .   .   +   .   +   .  ask for more than the result says (yêu cầu bổ sung)
extend_directive      +  +  -  -  -  -  -  -  -  0 |  0   +   +   +   +   .   .  give one union more time (gia hạn)
"""  # noqa: E501

MILESTONE_STATES = {"set": "set (đã đặt)", "rea": "reached (đã đạt)"}

MILESTONE = """
#                    ad of le in vi ch de cl ne st | set rea
set_milestone         +  +  -  -  -  -  -  -  -  . |  +   +  set a milestone of a breakthrough (đặt mốc)
amend_milestone       +  +  -  -  -  -  -  -  -  0 |  +   +  change it (sửa)
state_milestone       +  +  -  -  -  -  -  -  -  0 |  +   +  say how it stands (ghi tình trạng)
see_milestone         +  +  +  +  0  +  +  +  +  0 |  +   +  read it, and what one's own unions contributed
contribute            -  -  -  -  0  +  +  +  +  0 |  +   +  note what one's own union contributed (ghi đóng góp)
take_back_share       -  -  -  -  0  +  +  +  0  0 |  +   +  take a contribution back that was noted by mistake
"""  # noqa: E501

BRIEFING_STATES = {
    "non": "no session yet",
    "hel": "a session held",
    "sta": "people stated (đã nêu số người)",
}

BRIEFING = """
#                    ad of le in vi ch de cl ne st | non hel sta
see_sessions          +  +  +  +  0  +  +  +  0  0 |  +   +   +  see the sessions of a union and what they come to
see_sessions_at_desk  +  +  -  +  -  -  -  -  -  0 |  +   +   +  see them at the desk
record_session        -  -  -  -  0  +  +  +  0  0 |  +   +   +  write a session down (ghi buổi quán triệt)
change_session        -  -  -  -  0  +  +  +  0  0 |  0   +   +  change what was written down
remove_session        -  -  -  -  0  +  +  +  0  0 |  0   +   +  take a session out
state_people          -  -  -  -  0  +  +  -  0  0 |  .   +   +  state how many people were reached (nêu số người)
"""  # noqa: E501

LIBRARY_STATES = {
    "std": "in force",
    "ask": "to be read by a day",
    "rep": "replaced (đã thay thế)",
    "wdr": "withdrawn (đã thu hồi)",
}

LIBRARY = """
#                    ad of le in vi ch de cl ne st | std ask rep wdr
see_document          +  +  +  +  0  +  +  +  +  0 |  +   +   +   0   read about a document of the library
download_document     +  +  +  +  0  +  +  +  +  0 |  +   +   +   0   download it
confirm_read          -  -  -  -  0  +  +  +  0  0 |  +   +   .   0   confirm for the union that it was read (đã đọc)
see_document_at_desk  +  +  -  +  -  -  -  -  -  0 |  +   +   +   +   see it at the desk
add_document          +  +  -  -  -  -  -  -  -  . |  +   +   +   +   put a document into the library (đưa lên)
amend_document        +  +  -  -  -  -  -  -  -  0 |  +   +   +   +   correct what is said of it
replace_document      +  +  -  -  -  -  -  -  -  0 |  +   +   .   .   replace it (thay thế)
withdraw_document     +  +  -  -  -  -  -  -  -  0 |  +   +   +   .   withdraw it (thu hồi)
bring_document_back   +  +  -  -  -  -  -  -  -  0 |  .   .   .   +   bring it back (thôi thu hồi)
ask_reading           +  +  -  -  -  -  -  -  -  0 |  +   +   .   .   ask for it to be read by a day (yêu cầu đọc)
stop_asking_reading   +  +  -  -  -  -  -  -  -  0 |  .   +   .   .   ask for it no more
"""  # noqa: E501

AGENDA_STATES = {"non": "no address made", "mad": "an address made"}

AGENDA = """
#                    ad of le in vi ch de cl ne st | non mad
see_agenda            +  +  +  +  0  +  +  +  0  0 |  +   +  see the agenda of a union (lịch công tác)
see_agenda_at_desk    +  +  -  +  -  -  -  -  -  + |  +   +  see what all unions of one's own province have to do
make_feed             +  +  +  +  0  +  +  +  0  0 |  +   +  make a secret address of it for oneself, or make it anew
revoke_feed           +  +  +  +  0  +  +  +  0  0 |  0   +  revoke one's own address (thu hồi địa chỉ)
"""  # noqa: E501


@dataclass(frozen=True, slots=True)
class Line:
    """One act: what each person is told, and what comes of it in each state."""

    act: str
    words: str
    people: dict[str, str]
    states: dict[str, str]

    def told(self, who: str, state: str) -> str:
        """The mark of one person in one state: who may not is told so whatever the state."""
        mark = self.people[who]
        return self.states[state] if mark == MAY else mark

    def tries(self, state: str, *, every: bool = False) -> Sequence[str]:
        """The people who try it in a state; with `every` all of them.

        They take turns from state to state: those who may where it is done, the same where they are
        told why it is not, and those who may not everywhere. So each person tries each act.
        """
        mark = self.states[state]
        if mark == NOT_THERE or every:
            return list(self.people) if mark != NOT_THERE else []
        alike = [name for name, other in self.states.items() if other == mark]
        there = [name for name, other in self.states.items() if other != NOT_THERE]
        may = [who for who, told in self.people.items() if told == MAY]
        rest = [who for who in self.people if who not in may]
        return [*_of_turn(may, state, alike), *_of_turn(rest, state, there)]


@dataclass(frozen=True, slots=True)
class Table:
    """The acts of one kind of form, with the names of its states."""

    title: str
    states: dict[str, str]
    lines: Sequence[Line]


def _of_turn(people: Sequence[str], state: str, states: Sequence[str]) -> Sequence[str]:
    """Whose turn it is in a state, if all have had one after the last of the states."""
    at_a_time = -(-len(people) // len(states)) or 1
    turns = -(-len(people) // at_a_time) or 1
    first = states.index(state) % turns * at_a_time
    return people[first : first + at_a_time]


def _table(title: str, text: str, states: dict[str, str]) -> Table:
    head, *rows = text.strip().splitlines()
    names = head.partition("|")[2].split()
    return Table(title, {name: states[name] for name in names}, [_line(row, names) for row in rows])


def _line(row: str, names: Sequence[str]) -> Line:
    left, _, right = row.partition("|")
    act, *marks = left.split()
    cells = right.split(maxsplit=len(names))
    of_people = dict(zip(PEOPLE, marks, strict=True))
    return Line(act, cells[-1], of_people, dict(zip(names, cells[:-1], strict=True)))


TABLES = {
    "submission": _table("A union's form (phiếu số liệu)", SUBMISSION, STATES),
    "other": _table("On behalf, and away from the page", OTHER, STATES),
    "paper": _table("On paper and by Excel", PAPER, STATES),
    "own": _table("The province's own form", OWN, STATES),
    "grading": _table("Grading (chấm điểm, xếp loại)", GRADING, GRADING_STATES),
    "plan": _table("A union's yearly plan (kế hoạch năm)", PLAN, PLAN_STATES),
    "own_plan": _table("The province's own yearly plan", OWN_PLAN, PLAN_STATES),
    "directive": _table("A directive and a union's copy (chỉ đạo)", DIRECTIVE, DIRECTIVE_STATES),
    "milestone": _table("Milestones (mốc của khâu đột phá)", MILESTONE, MILESTONE_STATES),
    "briefing": _table("Sessions and the people reached (quán triệt)", BRIEFING, BRIEFING_STATES),
    "library": _table("A document of the library (văn bản)", LIBRARY, LIBRARY_STATES),
    "agenda": _table("The agenda of a union (lịch công tác)", AGENDA, AGENDA_STATES),
}
