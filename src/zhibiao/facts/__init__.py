"""From annotation to rows: what each relation to a figure says, in numbers, time, status and holder."""
