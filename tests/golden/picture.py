"""The README's first picture: what GraphiQL answers to its first question. `make picture` renews it."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from api.questions import sample_questions

ROOT = Path(__file__).resolve().parents[2]
PICTURE = ROOT / "seeds" / "first-answer.png"
PORT = 8761
ADDRESS = f"http://127.0.0.1:{PORT}"


def take() -> None:
    """Loads the samples into a database of its own, serves it, asks, and keeps the picture."""
    quoth = [sys.executable, "-c", "from schema.cli import main; raise SystemExit(main())"]
    with tempfile.TemporaryDirectory() as folder:
        database = ["--database", f"sqlite:///{folder}/samples.db"]
        subprocess.run([*quoth, "migrate", *database], check=True)
        subprocess.run([*quoth, "load", str(ROOT / "seeds" / "articles"), *database], check=True)
        serving = subprocess.Popen([*quoth, "serve", "--port", str(PORT), *database], stdout=subprocess.PIPE, text=True)
        assert serving.stdout is not None
        serving.stdout.readline()  # its address: it answers from now on
        try:
            shoot()
        finally:
            serving.terminate()
            serving.wait(timeout=30)


def shoot() -> None:
    """Presses play on the first question and saves what a newcomer sees."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(sample_questions()[0].link(ADDRESS))
        with page.expect_response(lambda response: response.request.method == "POST"):
            page.get_by_role("button", name="Execute query").click()
        page.locator(".result-window").get_by_text("totalCount").wait_for()
        page.wait_for_timeout(500)  # the editor colours the answer after it shows it
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    take()
    print(PICTURE.relative_to(ROOT))
