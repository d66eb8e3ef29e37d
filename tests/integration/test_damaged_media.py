"""`ferqt analyze` over media that are damaged: what can be read is, and losses are told."""

import csv
import json

import numpy as np
from PIL import Image

from tests.helpers.clips import write_clip
from tests.helpers.command_line import run_ferqt
from tests.helpers.damaged import spoil_key_frame, with_endless_index, write_changing
from tests.helpers.models import TINY_ID, add_tiny_model
from tests.helpers.portraits import scene

COUNT = 24


def test_losses_are_told_and_nothing_stops_the_rest(user_home, tmp_path):
    add_tiny_model(user_home / "ferqt" / "data" / "models")
    noise = np.random.default_rng(0)
    noisy = [noise.integers(0, 255, (72, 128, 3), dtype=np.uint8) for _ in range(COUNT)]
    damaged, changing, bomb = (
        tmp_path / name for name in ("damaged.mp4", "changing.mkv", "bomb.mp4")
    )
    write_clip(damaged, noisy, b_frames=0, keyframe_every=6)
    bomb.write_bytes(with_endless_index(damaged.read_bytes(), 30_000_000))
    spoil_key_frame(damaged)
    small, large = ([scene(w, h, [(w / 2, h / 2, h / 3)])] * 5 for w, h in ((320, 240), (480, 360)))
    write_changing(changing, small, large)
    folder = tmp_path / "photos"
    folder.mkdir()
    Image.fromarray(small[0]).save(folder / "1.png")
    (folder / "2.png").write_text("%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 4 4\nshowpage\n")

    sources = [damaged, changing, bomb, folder]
    arguments = ["--out", tmp_path / "out", "--model", TINY_ID, "--detector", "haar", "--json"]
    done = run_ferqt("analyze", *sources, *arguments)

    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    told = {result["source"]: result for result in json.loads(done.stdout)["sources"]}
    one, two, three, four = (told[str(source)] for source in sources)
    lost = one["lost_frames"]
    assert (one["status"], one["frames"] + lost) == ("done", COUNT)
    assert lost > 0
    assert f"damaged frames of 'damaged.mp4': {lost} are missing" in done.stderr
    metadata = json.loads((tmp_path / "out" / "damaged" / "metadata.json").read_text())
    assert metadata["source"]["lost_frames"] == lost
    assert (two["status"], two["frames"], two["lost_frames"]) == ("done", 10, 0)
    assert two["frames_with_faces"] == 10
    with (tmp_path / "out" / "changing" / "frames.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["frame"] for row in rows}) == 10
    assert (three["status"], "its index lists more" in three["error"]) == ("failed", True)
    assert [skipped["name"] for skipped in four["skipped"]] == ["2.png"]
