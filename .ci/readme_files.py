#!/usr/bin/env python3
"""Writes the files that a Markdown page shows: each fenced block behind a line '<!-- file: PATH -->'."""
import pathlib
import re
import sys

page, target = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
blocks = re.findall(r"<!-- file: (\S+) -->\n```\w*\n(.*?)```", page.read_text(encoding="utf-8"), re.S)
if not blocks:
    sys.exit(f"{page} shows no files")
for name, text in blocks:
    path = target / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    print(name)
