"""Keeps the translations in step with the texts of the window.

python scripts/translations.py update          collects the texts and compiles what is translated
python scripts/translations.py missing         prints what has no translation yet, as JSON
python scripts/translations.py fill FILE       takes translations from such a JSON, then updates

The texts are kept in `resources/translations/ferqt_*.ts`, which Qt Linguist opens, too. Commit the
`.ts` and the `.qm` that is made from it: the program reads the latter.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("de",)
_ALIASES = ("QT_TRANSLATE_NOOP+=_N", "QT_TRANSLATE_NOOP+=N")


def main() -> int:
    """Run the command that is asked for; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("update", help="collect the texts and compile what is translated")
    commands.add_parser("missing", help="print what has no translation yet, as JSON")
    fill = commands.add_parser("fill", help="take translations from a JSON file, then update")
    fill.add_argument("file", type=Path)
    fill.add_argument("--language", default="de", choices=LANGUAGES)
    args = parser.parse_args()
    if args.command == "missing":
        missing = {language: missing_texts(ts_file(language)) for language in LANGUAGES}
        print(json.dumps(missing, indent=2, ensure_ascii=False))
        return 0
    if args.command == "fill":
        given = json.loads(args.file.read_text(encoding="utf-8"))
        fill_in(ts_file(args.language), given.get(args.language, given))
    for language in LANGUAGES:
        collect(ts_file(language))
        compile_texts(ts_file(language))
        count = sum(map(len, missing_texts(ts_file(language)).values()))
        print(f"{language}: {count} texts have no translation")
    return 0


def ts_file(language: str) -> Path:
    """Return the file that holds a language's texts."""
    return FOLDER / f"ferqt_{language}.ts"


def collect(file: Path) -> None:
    """Bring a file of texts in line with the sources; texts that are gone are dropped."""
    file.parent.mkdir(parents=True, exist_ok=True)
    sources = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "ferqt").rglob("*.py"))
    _run(
        "lupdate",
        *sources,
        "-tr-function-alias",
        ",".join(_ALIASES),
        # Without line numbers a text that moves is no change.
        *("-locations", "none"),
        *("-source-language", "en", "-target-language", file.stem.rpartition("_")[2]),
        "-no-obsolete",
        *("-disable-heuristic", "sametext", "-disable-heuristic", "similartext"),
        "-ts",
        str(file),
    )


def compile_texts(file: Path) -> None:
    """Write the file that the program reads, beside the file of texts."""
    _run("lrelease", "-silent", str(file), "-qm", str(file.with_suffix(".qm")))


def missing_texts(file: Path) -> dict[str, dict[str, str]]:
    """Return the texts without a translation by context, each with an empty string."""
    found: dict[str, dict[str, str]] = {}
    for context, source, translation in _messages(ElementTree.parse(file)):
        if not translation.text or translation.get("type") == "unfinished":
            found.setdefault(context, {})[source] = ""
    return found


def fill_in(file: Path, given: dict[str, dict[str, str]]) -> None:
    """Write translations into a file of texts; what it does not know is left out."""
    tree = ElementTree.parse(file)
    for context, source, translation in _messages(tree):
        text = given.get(context, {}).get(source, "")
        if text:
            translation.text = text
            translation.attrib.pop("type", None)
    tree.write(file, encoding="utf-8", xml_declaration=True)


def _messages(
    tree: "ElementTree.ElementTree[ElementTree.Element]",
) -> list[tuple[str, str, ElementTree.Element]]:
    """Return context, source text and the element of the translation of each text."""
    messages = []
    for context in tree.getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            name = context.findtext("name", "")
            messages.append((name, message.findtext("source", ""), translation))
    return messages


def _run(tool: str, *arguments: str) -> None:
    """Run one of Qt's tools, which come with PySide6."""
    command = [str(Path(sys.executable).with_name(f"pyside6-{tool}")), *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{tool} failed: {done.stdout}{done.stderr}")
    complaints = [line for line in done.stderr.splitlines() if "warning" in line.lower()]
    if complaints:
        print("\n".join(complaints), file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
