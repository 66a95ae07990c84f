"""The rules of BRIEF.md about a whole brief, a family a file; pure functions of a Page.

The rules about one sentence and its evidence (N1 to N5, C3, Q1) are in
`logic/verification/`.
"""
