"""Sentences as offices write them about breakthroughs and task groups, with room for numbers."""

# by number of the breakthrough or the task group; words in braces are numbers of one union
BREAKTHROUGHS = {
    1: (
        (
            "Tổ chức {few} cuộc đối thoại định kỳ, tiếp thu {some} ý kiến về tiền lương, tiền "
            "thưởng và thời giờ làm việc; phần lớn được giải quyết ngay tại cuộc đối thoại."
        ),
        (
            "Phối hợp với thủ trưởng đơn vị tổ chức hội nghị đối thoại với {people} đoàn viên; "
            "thống nhất {few} nội dung có lợi hơn quy định về chế độ phúc lợi."
        ),
        (
            "Rà soát, sửa đổi quy chế đối thoại tại nơi làm việc; kiến nghị {few} nội dung về "
            "điều kiện làm việc được người đứng đầu chấp thuận."
        ),
    ),
    2: (
        (
            "Chủ tịch công đoàn cơ sở tham gia {few} lớp bồi dưỡng nghiệp vụ do công đoàn cấp "
            "trên tổ chức; Ban Chấp hành sinh hoạt đúng định kỳ."
        ),
        (
            "Kiện toàn Ban Chấp hành gồm {board} ủy viên; phân công nhiệm vụ cụ thể, Chủ tịch "
            "được quy hoạch vào cấp ủy."
        ),
        (
            "Giới thiệu {few} cán bộ tham gia lớp kỹ năng thương lượng; tự tổ chức {few} buổi "
            "trao đổi kinh nghiệm cho tổ trưởng công đoàn."
        ),
    ),
    3: (
        (
            "Cập nhật đầy đủ dữ liệu của {people} đoàn viên trên phần mềm quản lý; đạt {share}% "
            "đoàn viên có thông tin chính xác."
        ),
        (
            "Thực hiện thu, chi và báo cáo tài chính công đoàn trên phần mềm kế toán; không còn "
            "sử dụng tiền mặt trong chi trợ cấp."
        ),
        (
            "Lập nhóm trao đổi trực tuyến của công đoàn với {share}% đoàn viên tham gia; đăng tải "
            "{some} tin, bài."
        ),
    ),
}

TASK_GROUPS = {
    1: (
        (
            "Tổ chức {few} buổi học tập, quán triệt Nghị quyết Đại hội XVII Công đoàn tỉnh cho "
            "{people} đoàn viên, người lao động."
        ),
        (
            "Lồng ghép tuyên truyền Nghị quyết trong {few} kỳ sinh hoạt công đoàn; {share}% đoàn "
            "viên nắm được nội dung cơ bản."
        ),
        (
            "Xây dựng kế hoạch thực hiện Chương trình hành động, đăng {some} tin, bài trên trang "
            "thông tin của đơn vị."
        ),
    ),
    2: (
        (
            "Phối hợp tổ chức hội nghị cán bộ, công chức, viên chức, người lao động với {share}% "
            "đại biểu tham dự; tham gia sửa đổi {few} quy chế nội bộ."
        ),
        (
            "Ban Thanh tra nhân dân giám sát {few} nội dung; tiếp nhận và trả lời {some} kiến "
            "nghị của đoàn viên."
        ),
        (
            "Tham gia ý kiến vào {few} dự thảo văn bản liên quan trực tiếp đến quyền lợi của đoàn "
            "viên."
        ),
    ),
    3: (
        (
            "Thăm hỏi, tặng quà {some} đoàn viên có hoàn cảnh khó khăn dịp Tết Nguyên đán và "
            "Tháng Công nhân, tổng số tiền {money} đồng."
        ),
        (
            "Trợ cấp khó khăn cho {few} đoàn viên, thăm hỏi ốm đau, hiếu, hỷ {some} lượt người "
            "với {money} đồng."
        ),
        "Vận động {people} đoàn viên ủng hộ các quỹ xã hội, từ thiện được {money} đồng.",
    ),
    4: (
        (
            "Tổ chức {few} buổi tuyên truyền pháp luật, phát {some} tài liệu; duy trì nếp sống "
            "văn hóa công sở."
        ),
        (
            "Tổ chức giải thể thao chào mừng ngày thành lập Công đoàn Việt Nam 28/7 với {most} "
            "đoàn viên tham gia."
        ),
        (
            "Đăng {some} tin, bài về phong trào thi đua và hoạt động công đoàn; kịp thời nắm bắt "
            "tâm tư của đoàn viên."
        ),
    ),
    5: (
        (
            "Phát động {few} đợt thi đua “Tham mưu giỏi, phục vụ tốt”; {some} sáng kiến được công "
            "nhận."
        ),
        (
            "Có {share}% đoàn viên đăng ký giao ước thi đua; đề nghị khen thưởng {few} tập thể, "
            "{some} cá nhân."
        ),
        "Tham gia hoạt động của cụm thi đua với {few} chuyên đề, giới thiệu {few} gương điển hình.",
    ),
    6: (
        (
            "Kết nạp {few} đoàn viên mới; quản lý {people} đoàn viên, thực hiện đánh giá, xếp "
            "loại đúng hướng dẫn."
        ),
        (
            "Giới thiệu đoàn viên ưu tú để cấp ủy bồi dưỡng, xem xét kết nạp Đảng; tổ chức {few} "
            "hội nghị góp ý xây dựng Đảng."
        ),
        (
            "Ban Chấp hành họp {few} kỳ trong năm, sửa đổi quy chế hoạt động và chương trình công "
            "tác toàn khóa."
        ),
    ),
    7: (
        (
            "Ban Nữ công quần chúng tổ chức gặp mặt {some} nữ đoàn viên dịp 08/3 và 20/10; khám "
            "sức khỏe cho {some} chị."
        ),
        (
            "Có {share}% nữ đoàn viên đăng ký phong trào “Giỏi việc nước, đảm việc nhà”; biểu "
            "dương {few} chị tiêu biểu."
        ),
        (
            "Tặng quà {some} cháu là con đoàn viên đạt thành tích cao trong học tập, tổng số tiền "
            "{money} đồng."
        ),
    ),
    8: (
        (
            "Thu đoàn phí công đoàn đạt {share}% kế hoạch; chi đúng chế độ, công khai tài chính "
            "{few} lần trong năm."
        ),
        (
            "Lập dự toán, quyết toán đúng hạn; số thu đoàn phí là {money} đồng, ưu tiên chi chăm "
            "lo cho đoàn viên."
        ),
    ),
    9: (
        (
            "Ủy ban kiểm tra tổ chức {few} cuộc kiểm tra việc chấp hành Điều lệ và quản lý tài "
            "chính, không phát hiện vi phạm."
        ),
        "Giám sát {few} nội dung theo chương trình; không có đơn thư khiếu nại, tố cáo.",
    ),
    10: (
        (
            "Ban hành {few} kế hoạch trọng tâm, phân công từng ủy viên Ban Chấp hành phụ trách; "
            "giao ban theo quý."
        ),
        (
            "Ký quy chế phối hợp với thủ trưởng đơn vị, đánh giá kết quả {few} lần; giảm {few} "
            "loại giấy tờ hành chính."
        ),
    ),
}

# what the provincial union tells of itself: {unions} unions, {members} people
OWN_BREAKTHROUGHS = {
    1: (
        "Chỉ đạo {unions} công đoàn cơ sở tổ chức đối thoại tại nơi làm việc gắn với hội nghị cán "
        "bộ, công chức, viên chức; hướng dẫn trực tiếp {few} đơn vị ngoài khu vực nhà nước thương "
        "lượng, ký thỏa ước lao động tập thể."
    ),
    2: (
        "Mở {few} lớp bồi dưỡng nghiệp vụ cho Chủ tịch công đoàn cơ sở, chú trọng các đơn vị "
        "doanh nghiệp; biên soạn, cấp phát tài liệu hướng dẫn cho {unions} đơn vị."
    ),
    3: (
        "Đưa cổng thông tin theo dõi chương trình hành động vào sử dụng; {share}% công đoàn cơ sở "
        "cập nhật dữ liệu đoàn viên và báo cáo tài chính trên phần mềm."
    ),
}

OWN_TASK_GROUPS = {
    1: (
        "Ban hành kế hoạch học tập, quán triệt và Chương trình hành động thực hiện Nghị quyết Đại "
        "hội XVII Công đoàn tỉnh; triển khai đến {unions} công đoàn cơ sở với {members} đoàn "
        "viên, CBCCVCLĐ bằng hình thức trực tiếp kết hợp trực tuyến."
    ),
    2: (
        "Hướng dẫn, kiểm tra việc thực hiện quy chế dân chủ ở cơ sở tại {of_unions} đơn vị; tham "
        "gia góp ý {few} dự thảo văn bản có liên quan đến quyền, lợi ích của đoàn viên, người lao "
        "động."
    ),
    3: (
        "Tổ chức chương trình Tết Sum vầy và Tháng Công nhân, trao {some} suất quà cho đoàn viên "
        "có hoàn cảnh khó khăn; hỗ trợ xây dựng, sửa chữa {few} nhà Mái ấm công đoàn."
    ),
    4: (
        "Tổ chức {few} hội nghị báo cáo viên, duy trì trang thông tin và mạng xã hội của công "
        "đoàn; tổ chức giải thể thao CBCCVCLĐ với {of_unions} đoàn tham gia."
    ),
    5: (
        "Phát động phong trào “Tham mưu giỏi, phục vụ tốt” trong {unions} công đoàn cơ sở; đề "
        "nghị khen thưởng {few} tập thể, {some} cá nhân có thành tích xuất sắc."
    ),
    6: (
        "Chỉ đạo kiện toàn tổ chức, thực hiện sáp nhập, giải thể, thành lập mới công đoàn cơ sở "
        "đúng Điều lệ; giới thiệu đoàn viên ưu tú cho Đảng; đánh giá, xếp loại {unions} công đoàn "
        "cơ sở."
    ),
    7: (
        "Kiện toàn Ban Nữ công quần chúng ở các đơn vị; biểu dương {some} nữ CBCCVCLĐ tiêu biểu "
        "“Giỏi việc nước, đảm việc nhà”."
    ),
    8: (
        "Phân bổ, giao dự toán và đôn đốc thu kinh phí, đoàn phí; thẩm định quyết toán của "
        "{unions} công đoàn cơ sở, thực hiện công khai tài chính."
    ),
    9: (
        "Ủy ban kiểm tra tiến hành {few} cuộc kiểm tra cùng cấp và {of_unions} cuộc kiểm tra cấp "
        "dưới; chấn chỉnh kịp thời thiếu sót trong quản lý tài chính, tài sản."
    ),
    10: (
        "Đổi mới chế độ giao ban theo cụm thi đua, phân công ủy viên Ban Thường vụ phụ trách đơn "
        "vị; đẩy mạnh cải cách hành chính và ứng dụng công nghệ thông tin."
    ),
}
