"""Districts, communes and made-up brands that names of unions are put together from."""

DISTRICTS = (
    "Lâm Thao", "Phù Ninh", "Thanh Ba", "Hạ Hòa", "Đoan Hùng", "Cẩm Khê", "Yên Lập", "Tam Nông",
    "Thanh Thủy", "Thanh Sơn", "Tân Sơn",
)  # fmt: skip

COMMUNES = (
    "Hùng Lô", "Kim Đức", "Chu Hóa", "Thanh Đình", "Sông Lô", "Trưng Vương", "Hy Cương",
    "Phượng Lâu", "Thụy Vân", "Vân Phú", "Tiên Kiên", "Cao Xá", "Tứ Xã", "Sơn Vi", "Bản Nguyên",
    "Vĩnh Lại", "Phùng Nguyên", "Thạch Sơn", "Xuân Lũng", "Xuân Huy", "An Đạo", "Bảo Thanh",
    "Gia Thanh", "Hạ Giáp", "Lệ Mỹ", "Liên Hoa", "Phú Lộc", "Phú Mỹ", "Phú Nham", "Tiên Du",
    "Tiên Phú", "Trạm Thản", "Trị Quận", "Trung Giáp", "Bình Phú", "Chí Tiên", "Đại An",
    "Đỗ Sơn", "Đỗ Xuyên", "Đông Lĩnh", "Đông Thành", "Đồng Xuân", "Hanh Cù", "Hoàng Cương",
    "Khải Xuân", "Lương Lỗ", "Mạn Lạn", "Ninh Dân", "Quảng Yên", "Sơn Cương", "Tân Thành",
    "Thanh Hà", "Thanh Vinh", "Vân Lĩnh", "Võ Lao", "Yển Khê", "Ấm Hạ", "Bằng Giã", "Đan Thượng",
    "Đại Phạm", "Gia Điền", "Hà Lương", "Hiền Lương", "Hương Xạ", "Lang Sơn", "Minh Côi",
    "Minh Hạc", "Phương Viên", "Tứ Hiệp", "Văn Lang", "Vĩnh Chân", "Vô Tranh", "Xuân Áng",
    "Yên Kỳ", "Yên Luật", "Bằng Luân", "Bằng Doãn", "Ca Đình", "Chân Mộng", "Chí Đám", "Hợp Nhất",
    "Hùng Long", "Hùng Xuyên", "Minh Lương", "Minh Phú", "Minh Tiến", "Ngọc Quan", "Phú Lâm",
    "Phúc Lai", "Sóc Đăng", "Tây Cốc", "Tiêu Sơn", "Vân Đồn", "Vân Du", "Vụ Quang", "Yên Kiện",
    "Chương Xá", "Cấp Dẫn", "Điêu Lương", "Đồng Lương", "Hùng Việt", "Hương Lung", "Minh Tân",
    "Minh Thắng", "Ngô Xá", "Phú Khê", "Phú Lạc", "Phượng Vĩ", "Sơn Tình", "Tạ Xá", "Tam Sơn",
    "Thụy Liễu", "Tiên Lương", "Tùng Khê", "Tuy Lộc", "Văn Bán", "Văn Khúc", "Xương Thịnh",
    "Yên Dưỡng", "Yên Tập", "Đồng Lạc", "Đồng Thịnh", "Hưng Long", "Lương Sơn", "Minh Hòa",
    "Mỹ Lung", "Mỹ Lương", "Nga Hoàng", "Ngọc Đồng", "Ngọc Lập", "Phúc Khánh", "Thượng Long",
    "Trung Sơn", "Xuân An", "Xuân Thủy", "Xuân Viên",
)  # fmt: skip

BRANDS = (
    "Đất Tổ", "Hùng Vương", "Lạc Hồng", "Âu Cơ", "Trung Du", "Sông Thao", "Bạch Hạc", "Tiên Cát",
    "Gia Cẩm", "Thọ Sơn", "Minh Phương", "Dữu Lâu", "Vân Cơ", "Nông Trang", "Tân Dân", "Bến Gót",
    "Thanh Miếu", "Ngọc Tháp", "Phú An", "Phú Thịnh", "Hồng Hà", "Việt Phú", "Thành Công",
    "Đại Lợi", "Hoàng Gia", "Nam Cường", "Thiên Phú", "An Bình", "Phúc Hưng", "Minh Đức",
    "Tân Tiến", "Hợp Lực", "Đồng Tâm", "Bình Minh", "Hải Âu", "Trường Sơn", "Tây Bắc", "Đông Á",
    "Thăng Long", "Kim Long", "Ngọc Linh", "Sao Vàng", "Vạn Xuân", "Phương Nam", "Hòa Phát Đạt",
    "Toàn Thắng", "Quang Minh", "Đức Anh", "Tuấn Kiệt", "Hà Thành",
)  # fmt: skip

TRADES = (
    "May", "Giấy", "Gạch ốp lát", "Chè", "Vật liệu xây dựng", "Cơ khí", "Dược phẩm", "Bao bì",
    "Thương mại", "Xây dựng", "Vận tải", "Chế biến gỗ", "Thực phẩm", "Dệt", "Hóa chất",
    "Cấp nước", "Tư vấn thiết kế", "Du lịch", "Điện tử", "Thức ăn chăn nuôi",
)  # fmt: skip
