"""The competency questions: one file each, asked for as CQ01, answered with evidence."""
