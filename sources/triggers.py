"""Triggers that keep rows true whichever way they are written."""

import pgtrigger


def keep_partial_dates(*fields: str | tuple[str, str], prefix: str = "") -> pgtrigger.Trigger:
    """Return the trigger by which the companions of partial dates follow their texts.

    Takes the name of one field and its prefix, or several pairs of name and prefix:

        keep_partial_dates("when_edtf", prefix="")
        keep_partial_dates(("since_edtf", "since_"), ("until_edtf", "until_"))

    A model has one such trigger. A text that is no date stops the statement (SQLSTATE 22007).
    """
    pairs = [(field, prefix) if isinstance(field, str) else field for field in fields]
    return pgtrigger.Trigger(
        name="keep_partial_dates",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=pgtrigger.Func(  # type: ignore[no-untyped-call]  # its __init__ has no types
            "".join(_follow(*pair) for pair in pairs) + "RETURN NEW;"
        ),
    )


def _follow(field: str, prefix: str) -> str:
    names = (field, f"{prefix}earliest", f"{prefix}latest", f"{prefix}precision")
    text, earliest, latest, precision = (f'"{{columns.{name}}}"' for name in names)
    new, old = (
        ", ".join(f"{row}.{column}" for column in (text, earliest, latest, precision))
        for row in ("NEW", "OLD")
    )
    return f"""
        IF TG_OP = 'INSERT' OR ROW({new}) IS DISTINCT FROM ROW({old}) THEN
            NEW.{text} := sources_edtf_text(NEW.{text});
            NEW.{earliest} := sources_edtf_earliest(NEW.{text});
            NEW.{latest} := sources_edtf_latest(NEW.{text});
            NEW.{precision} := sources_date_precision(NEW.{earliest}, NEW.{latest});
        END IF;
    """
