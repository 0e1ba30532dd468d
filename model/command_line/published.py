"""Figures that others have published, recomputed."""

from model.command_line.view import Add


def add(command: Add) -> None:
    """Add the command."""
    published = command(
        "published", _published, _show_published, "figures that others published, recomputed"
    )
    published.add_argument("--document", default="", help="one document, by its key, such as umea")
    published.add_argument(
        "--verdict", choices=("agrees", "differs", "cannot"), help="only figures of this verdict"
    )


def _published(asked) -> dict:
    from model.errors import NotFound
    from model.published import reproduction

    found = reproduction()
    keys = dict.fromkeys(row.publication.key for row in found.rows)
    if asked.document and asked.document not in keys:
        raise NotFound(
            "There is no document {document}: expected one of {documents}.",
            document=asked.document,
            documents=", ".join(keys),
        )
    rows = [
        row
        for row in found.rows
        if asked.document in ("", row.publication.key) and asked.verdict in (None, row.verdict)
    ]
    return {
        "figures": len(found.rows),
        "recomputed": found.recomputed,
        **found.counts,
        "rows": list(map(_told, rows)),
        "contradictions": [
            {"document": publication.key, "figures": list(each.figures), "why": each.why_en}
            for publication, each in found.contradictions
            if asked.document in ("", publication.key)
        ],
        "worked_examples": list(map(_told, found.worked)),
    }


def _told(row) -> dict:
    figure = row.figure
    bounds = {"low": figure.low, "central": figure.central, "high": figure.high}
    return {
        "document": row.publication.key,
        "figure": figure.key,
        "name": figure.name_en,
        "published": {key: str(value) for key, value in bounds.items() if value is not None}
        or figure.text_en,
        "unit": figure.unit,
        "price_year": figure.price_year,
        "recomputed": row.recomputed,
        "difference": row.difference,
        "tolerance": str(figure.tolerance),
        "verdict": row.verdict,
        "reason": row.reason,
        "why": figure.why_en,
        "formula": figure.formula,
        "inputs": {
            each.key: {"value": each.value, "unit": each.unit, "name": each.name_en}
            for each in row.inputs
        },
        "beside": {each.name_en: value for each, value in row.beside},
        "source": row.stated.source,
        "ref": row.stated.source_ref,
        "status": row.stated.status,
    }


def _show_published(answer: dict) -> str:
    lines = [
        f"{answer['recomputed']} of {answer['figures']} published figures can be recomputed;"
        f" {answer['differs']} do not agree"
    ]
    for row in answer["rows"]:
        stated = row["published"]
        shown = stated if isinstance(stated, str) else "–".join(stated.values())
        recomputed = "" if row["recomputed"] is None else f", recomputed {row['recomputed']:g}"
        why = f": {row['why']}" if row["why"] else ""
        lines.append(
            f"{row['verdict']} {row['document']}/{row['figure']}: {shown} {row['unit']}"
            f"{recomputed}{why}"
        )
    return "\n".join(lines)
