"""placeholder while the rest is written"""
import unicodedata
def fold_digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
def phone_digits(text: str) -> str:
    folded = fold_digits(text)
    digits = "".join(c for c in folded if c.isdecimal())
    return ("+" if folded.lstrip().startswith("+") else "") + digits
