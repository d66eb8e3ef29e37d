"""Names and merges of faces: of the source that is read, or of the stored session that is open."""

from ferqt.core.people import People
from ferqt.runtime.review import Review
from ferqt.runtime.session import AnalysisSession


class Identities:
    """Brings what a person says of a face to where it is kept. Lives on the GUI thread.

    Args:
        session: Keeps it for the source that is read, from the next frame on.
        review: Keeps it for a stored session, in all of its rows.
    """

    def __init__(self, session: AnalysisSession, review: Review) -> None:
        self._session = session
        self._review = review

    @property
    def people(self) -> People:
        """Who is who now."""
        document = self._review.document
        if document is None:
            return self._session.config.people
        # In the table of a session, merged faces go by one id already.
        return People(document.table.names)

    def rename(self, face_id: int, name: str) -> None:
        """Give a face a name, or take it away with ""."""
        if self._review.document is None:
            self._session.rename_face(face_id, name)
        else:
            self._review.rename_face(face_id, name)

    def merge(self, face_id: int, into: int) -> None:
        """Let a face go by the id of another, which it is in truth."""
        if self._review.document is None:
            self._session.merge_faces(face_id, into)
        else:
            self._review.merge_faces(face_id, into)
