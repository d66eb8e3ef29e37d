"""The loop that tutorials show: a Haar cascade on the gray frame, `model.predict` on each face.

The network is one of those that ship with ferqt, so that the loop and ferqt read with the same.
"""

from pathlib import Path
from typing import Any

from benchmarks.peers.runners.loop import answer, opencv_frames, read_arguments, timed

MODEL = Path(__file__).resolve().parents[3] / "models" / "live48-fer7" / "model.keras"
SIDE = 48
SCALE_FACTOR, MIN_NEIGHBORS = 1.3, 5
"""As most tutorials have them; 1.1 finds more and takes about three times as long."""


def main() -> None:
    """Read a clip."""
    args = read_arguments()
    import cv2
    import cv2.data
    import keras

    cascade = cv2.CascadeClassifier(
        str(Path(cv2.data.haarcascades) / "haarcascade_frontalface_default.xml")
    )
    model = keras.models.load_model(MODEL)

    def count_faces(frame: Any) -> int:
        gray = cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)
        faces = cascade.detectMultiScale(gray, SCALE_FACTOR, MIN_NEIGHBORS)
        for x, y, width, height in faces:
            face = cv2.resize(gray[y : y + height, x : x + width], (SIDE, SIDE))
            # The network scales its input itself.
            model.predict(face.reshape(1, SIDE, SIDE, 1).astype("float32"), verbose=0)
        return len(faces)

    figures = timed(opencv_frames(args.clip), count_faces, args.seconds)
    answer(figures, args.began, ("keras", "tensorflow", "opencv-contrib-python", "numpy"))


if __name__ == "__main__":
    main()
