enum SizeStatisticsPlaceholder {}
